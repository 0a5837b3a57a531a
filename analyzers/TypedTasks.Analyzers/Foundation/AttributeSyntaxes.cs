using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedTasks.Analyzers;

/// <summary>Where in the source an attribute says something.</summary>
internal static class AttributeSyntaxes
{
    /// <summary>The attribute as written, or null where it comes from metadata.</summary>
    public static AttributeSyntax? Syntax(this AttributeData attribute, CancellationToken cancellationToken) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;

    /// <summary>Where the attribute's named argument is written: its value, or the attribute where the argument is not given.</summary>
    public static Location? LocationOf(this AttributeData attribute, string argument, CancellationToken cancellationToken) =>
        attribute.Syntax(cancellationToken) is not { } syntax ? null
        : (syntax.Argument(argument)?.Expression ?? (SyntaxNode)syntax).GetLocation();

    /// <summary>A named argument as written.</summary>
    public static AttributeArgumentSyntax? Argument(this AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    /// <summary>The named argument among these attributes that has this value, as written.</summary>
    /// <param name="attributes">The attributes.</param>
    /// <param name="value">The value.</param>
    /// <param name="place">Which of several that have it, counted from 0.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static Location? LocationOfValue(IEnumerable<AttributeData> attributes, object value, int place, CancellationToken cancellationToken)
    {
        foreach (AttributeData attribute in attributes)
        {
            foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
            {
                if (argument.Value is { Kind: TypedConstantKind.Primitive } constant && value.Equals(constant.Value) && place-- == 0)
                {
                    return attribute.LocationOf(argument.Key, cancellationToken);
                }
            }

            if (attribute.ConstructorArguments.Any(argument => argument.Kind == TypedConstantKind.Primitive && value.Equals(argument.Value)) &&
                attribute.Syntax(cancellationToken)?.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals is null) is { } positional)
            {
                return positional.Expression.GetLocation();
            }
        }

        return null;
    }
}
