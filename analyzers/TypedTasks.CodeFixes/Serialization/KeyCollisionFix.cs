using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Serialization;

/// <summary>TT305: gives a member the next free number. One at a time: which member keeps its place is a decision about the wire.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class KeyCollisionFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public KeyCollisionFix()
        : base(RuleIds.KeyCollision)
    {
    }

    /// <summary>None: see the class.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override async Task RegisterAsync(FixScope scope)
    {
        if (scope.Find<MemberDeclarationSyntax>() is { } member and (PropertyDeclarationSyntax or FieldDeclarationSyntax) && TaskAttributes.Find(member, "Key") is { } key &&
            scope.Find<TypeDeclarationSyntax>() is { } declaration &&
            (await scope.ModelAsync().ConfigureAwait(false)).GetDeclaredSymbol(declaration, scope.CancellationToken) is { } type && Keys.TryNext(type, out int next))
        {
            LiteralExpressionSyntax number = SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(next));
            scope.OfferReplacement($"Use the key {next.ToString(CultureInfo.InvariantCulture)}", key, TaskAttributes.WithPositional(key, number), "Use the next key");
        }
    }
}
