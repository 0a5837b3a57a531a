using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Reliability;

/// <summary>TT506: the catch ends by throwing what it caught.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class RethrowFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public RethrowFix()
        : base(RuleIds.FailureSwallowed)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<CatchClauseSyntax>() is { Block: { } block })
        {
            StatementSyntax rethrow = SyntaxFactory.ThrowStatement().WithAdditionalAnnotations(Formatter.Annotation);
            BlockSyntax changed = block.Statements.LastOrDefault() is ReturnStatementSyntax last
                ? block.ReplaceNode(last, rethrow.WithTriviaFrom(last))
                : block.AddStatements(rethrow);
            scope.OfferReplacement("Throw it again", block, changed);
        }
    }
}
