using Microsoft.CodeAnalysis;

namespace TypedTasks.Shared;

/// <summary>The types that a contract is written with, known by name: the one list of what generator and analyzers look for.</summary>
internal static class KnownSymbols
{
    public const string TaskContractAttribute = "TypedTasks.TaskContractAttribute";
    public const string TaskAttribute = "TypedTasks.TaskAttribute";
    public const string TaskQueueAttribute = "TypedTasks.TaskQueueAttribute";
    public const string TaskPayloadAttribute = "TypedTasks.TaskPayloadAttribute";
    public const string IdempotentAttribute = "TypedTasks.IdempotentAttribute";
    public const string AtMostOnceAttribute = "TypedTasks.AtMostOnceAttribute";
    public const string ScheduleAttribute = "TypedTasks.ScheduleAttribute";
    public const string TaskDefaults = "TypedTasks.TaskDefaults";
    public const string TaskContext = "TypedTasks.TaskContext";
    public const string QueueManifestAttribute = "TypedTasks.Manifest.DeclaresQueueAttribute";

    public const string MessagePackObjectAttribute = "MessagePack.MessagePackObjectAttribute";
    public const string KeyAttribute = "MessagePack.KeyAttribute";
    public const string IgnoreMemberAttribute = "MessagePack.IgnoreMemberAttribute";
    public const string UnionAttribute = "MessagePack.UnionAttribute";
    public const string SerializationConstructorAttribute = "MessagePack.SerializationConstructorAttribute";
    public const string ObsoleteAttribute = "System.ObsoleteAttribute";
    public const string IgnoreDataMemberAttribute = "System.Runtime.Serialization.IgnoreDataMemberAttribute";
    public const string GeneratedCodeAttribute = "System.CodeDom.Compiler.GeneratedCodeAttribute";
    public const string SetsRequiredMembersAttribute = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";

    public const string CancellationToken = "System.Threading.CancellationToken";
    public const string Exception = "System.Exception";
    public const string Task = "System.Threading.Tasks.Task";
    public const string ValueTask = "System.Threading.Tasks.ValueTask";

    /// <summary>The attribute of this full name on a symbol, or null.</summary>
    public static AttributeData? Attribute(this ISymbol symbol, string fullName)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.IsNamed(fullName))
            {
                return attribute;
            }
        }

        return null;
    }

    public static bool Has(this ISymbol symbol, string attributeFullName) => symbol.Attribute(attributeFullName) is not null;

    public static bool IsTaskContract(this INamedTypeSymbol type) => type.TypeKind == TypeKind.Interface && type.Has(TaskContractAttribute);

    /// <summary>Whether the type (its definition, if it is generic) has this full name, without arity.</summary>
    public static bool IsNamed(this ITypeSymbol type, string fullName)
    {
        // Compared from the end, part by part, because most types already differ in their own name.
        int dot = fullName.LastIndexOf('.');
        if (type.ContainingType is not null || !Ends(fullName, fullName.Length, dot + 1, type.Name))
        {
            return false;
        }

        INamespaceSymbol? container = type.ContainingNamespace;
        while (dot > 0)
        {
            int end = dot;
            dot = fullName.LastIndexOf('.', end - 1);
            if (container is null || !Ends(fullName, end, dot + 1, container.Name))
            {
                return false;
            }

            container = container.ContainingNamespace;
        }

        return container is { IsGlobalNamespace: true };
    }

    /// <summary>The value of a named argument, or <paramref name="otherwise"/> where it is not given.</summary>
    public static T Named<T>(this AttributeData attribute, string name, T otherwise)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
            {
                return argument.Value is { Kind: not TypedConstantKind.Array, Value: T value } ? value : otherwise;
            }
        }

        return otherwise;
    }

    private static bool Ends(string fullName, int end, int start, string part) =>
        end - start == part.Length && string.CompareOrdinal(fullName, start, part, 0, part.Length) == 0;
}
