using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Interfaces whose implementation Refit or RestEase makes: the attribute of a method says what it sends.</summary>
internal static class HttpInterfaces
{
    /// <summary>The rule of a method, or null where no such attribute is on it.</summary>
    public static EffectRule? RuleOf(IMethodSymbol method, EffectCatalogue catalogue)
    {
        if (method.ContainingType.TypeKind != TypeKind.Interface)
        {
            return null;
        }

        foreach (AttributeData attribute in method.OriginalDefinition.GetAttributes())
        {
            if (attribute.AttributeClass is { ContainingNamespace: { Name: "Refit" or "RestEase", ContainingNamespace.IsGlobalNamespace: true }, Name: var name } && KindOf(name) is { } kind)
            {
                string path = TextOf(attribute) ?? "";
                return new EffectRule(kind == EffectKind.Send && catalogue.IsReadOnlyUrl(path) ? EffectKind.Read : kind)
                {
                    Identity = [.. method.Parameters.Where(parameter => path.IndexOf($"{{{parameter.Name}}}", StringComparison.OrdinalIgnoreCase) >= 0).Select(parameter => parameter.Name)],
                    Token = [.. method.Parameters.Where(parameter => IsToken(parameter, catalogue)).Select(parameter => parameter.Name)],
                };
            }
        }

        return null;
    }

    private static EffectKind? KindOf(string attribute) => attribute switch
    {
        "PostAttribute" or "PatchAttribute" => EffectKind.Send,
        "PutAttribute" or "DeleteAttribute" => EffectKind.Write,
        "GetAttribute" or "HeadAttribute" or "OptionsAttribute" => EffectKind.Read,
        _ => null,
    };

    private static bool IsToken(IParameterSymbol parameter, EffectCatalogue catalogue) => parameter.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name == "HeaderAttribute" && TextOf(attribute) is { } header && catalogue.IsToken(header));

    private static string? TextOf(AttributeData attribute) => attribute.ConstructorArguments is [{ Value: string text }, ..] ? text : null;
}
