using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Reliability;

/// <summary>TT507: lets the worker's stop pass by a condition on the catch.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class CancellationFilterFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public CancellationFilterFix()
        : base(RuleIds.ShutdownAsFailure)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<CatchClauseSyntax>() is { Filter: null, Declaration: { Identifier.ValueText.Length: > 0 } declaration } clause)
        {
            CatchFilterClauseSyntax filter = SyntaxFactory.CatchFilterClause(SyntaxFactory.ParseExpression($"{declaration.Identifier.Text} is not OperationCanceledException"))
                .WithWhenKeyword(SyntaxFactory.Token(SyntaxKind.WhenKeyword).WithTrailingTrivia(SyntaxFactory.Space))
                .WithTrailingTrivia(declaration.GetTrailingTrivia());
            scope.OfferReplacement("Let the stop of the worker pass", clause, clause.WithDeclaration(declaration.WithTrailingTrivia(SyntaxFactory.Space)).WithFilter(filter));
        }
    }
}
