using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedTasks.Analyzers;

/// <summary>Types as they are written.</summary>
internal static class TypeSyntaxes
{
    /// <summary>The name of a type without what qualifies it: <c>Worker</c> of <c>Mail.Worker</c> and of <c>global::Worker</c>.</summary>
    public static string LastName(this TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => type.ToString(),
    };
}
