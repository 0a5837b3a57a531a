using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Which member of an entity is its key, by Entity Framework's conventions.</summary>
internal static class EntityKeys
{
    public static IPropertySymbol? KeyOf(INamedTypeSymbol entity)
    {
        IPropertySymbol? byName = null;
        for (INamedTypeSymbol? type = entity; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            foreach (ISymbol member in type.GetMembers())
            {
                if (member is not IPropertySymbol { IsStatic: false, IsIndexer: false } property)
                {
                    continue;
                }

                if (property.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "KeyAttribute" or "BsonIdAttribute"))
                {
                    return property;
                }

                if (property.Name is "Id" or "ID" or "id" || property.Name == entity.Name + "Id")
                {
                    byName ??= property;
                }
            }
        }

        return byName;
    }

    /// <summary>Whether a value that is not given is made for each new row: numbers by the database, Guids by the framework.</summary>
    public static bool IsGenerated(IPropertySymbol key) =>
        (key.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Int16 || key.Type is { Name: "Guid" or "ObjectId" } || key.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "BsonRepresentationAttribute")) &&
        !key.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "DatabaseGeneratedAttribute" && attribute.ConstructorArguments is [{ Value: 0 }]);
}
