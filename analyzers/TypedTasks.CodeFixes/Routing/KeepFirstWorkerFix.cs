using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Routing;

/// <summary>TT212: takes the second registration out of the chain, or away with its statement.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class KeepFirstWorkerFix : TaskCodeFix
{
    private const string Title = "Keep the first worker only";

    /// <summary>Creates the fix.</summary>
    public KeepFirstWorkerFix()
        : base(RuleIds.TwoWorkers)
    {
    }

    /// <summary>None: which of the two stays is decided one by one.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<GenericNameSyntax>() is not { Parent: MemberAccessExpressionSyntax { Expression: var before, Parent: InvocationExpressionSyntax call } })
        {
            return;
        }

        if (before is InvocationExpressionSyntax)
        {
            scope.OfferReplacement(Title, call, before.WithTrailingTrivia(call.GetTrailingTrivia()));
        }
        else if (call.Parent is ExpressionStatementSyntax { Parent: BlockSyntax } statement)
        {
            scope.Offer(Title, _ => Task.FromResult(Without(scope.Root, statement)));
        }
    }

    // A comment before the statement is kept: it may be the reason for the other one.
    private static SyntaxNode Without(SyntaxNode root, StatementSyntax statement)
    {
        SyntaxTriviaList leading = statement.GetLeadingTrivia();
        if (!leading.Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)))
        {
            return root.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia)!;
        }

        SyntaxNode tracked = root.TrackNodes(statement);
        SyntaxToken next = tracked.GetCurrentNode(statement)!.GetLastToken().GetNextToken();
        IEnumerable<SyntaxTrivia> comments = leading.Reverse().SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse();
        tracked = tracked.ReplaceToken(next, next.WithLeadingTrivia(comments.Concat(next.LeadingTrivia)));
        return tracked.RemoveNode(tracked.GetCurrentNode(statement)!, SyntaxRemoveOptions.KeepNoTrivia)!;
    }
}
