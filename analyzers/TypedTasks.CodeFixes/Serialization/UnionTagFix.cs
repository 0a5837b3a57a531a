using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Serialization;

/// <summary>TT304: gives a type whose tag another one has the next free tag. One at a time: which of them keeps its tag is a decision about the wire.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class UnionTagFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public UnionTagFix()
        : base(RuleIds.UnionInvalid)
    {
    }

    /// <summary>None: see the class.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override async Task RegisterAsync(FixScope scope)
    {
        if (scope.Find<TypeDeclarationSyntax>() is not { } declaration)
        {
            return;
        }

        SemanticModel model = await scope.ModelAsync().ConfigureAwait(false);
        if (model.GetDeclaredSymbol(declaration, scope.CancellationToken) is not { } union)
        {
            return;
        }

        HashSet<int> taken = [];
        AttributeSyntax? second = null;
        foreach (AttributeData attribute in union.GetAttributes())
        {
            if (attribute.AttributeClass?.IsNamed(KnownSymbols.UnionAttribute) == true && attribute.ConstructorArguments is [{ Value: int tag }, _] && !taken.Add(tag))
            {
                second ??= attribute.Syntax(scope.CancellationToken);
            }
        }

        if (second is not null && second.SyntaxTree == scope.Root.SyntaxTree)
        {
            int next = taken.Max() + 1;
            LiteralExpressionSyntax number = SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(next));
            scope.OfferReplacement($"Use the tag {next.ToString(CultureInfo.InvariantCulture)}", second, TaskAttributes.WithPositional(second, number), "Use the next tag");
        }
    }
}
