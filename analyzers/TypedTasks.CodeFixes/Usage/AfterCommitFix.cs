using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Usage;

/// <summary>TT703: moves an enqueueing whose handle nobody keeps behind the commit in the same block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AfterCommitFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public AfterCommitFix()
        : base(RuleIds.EnqueueInTransaction)
    {
    }

    /// <summary>None: two that move behind one commit would change their order.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override Task RegisterAsync(FixScope scope)
    {
        if (scope.Find<StatementSyntax>() is ExpressionStatementSyntax { Parent: BlockSyntax block } statement &&
            block.Statements.Skip(block.Statements.IndexOf(statement) + 1).FirstOrDefault(IsCommit) is { } commit)
        {
            scope.Offer("Enqueue after the commit", _ =>
            {
                List<StatementSyntax> statements = [.. block.Statements];
                statements.Remove(statement);
                statements.Insert(statements.IndexOf(commit) + 1, statement);
                return Task.FromResult(scope.Root.ReplaceNode(block, block.WithStatements(Microsoft.CodeAnalysis.CSharp.SyntaxFactory.List(statements))));
            });
        }

        return Task.CompletedTask;
    }

    private static bool IsCommit(StatementSyntax statement) => statement is ExpressionStatementSyntax { Expression: var expression } &&
        (expression is AwaitExpressionSyntax await ? await.Expression : expression) is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Commit" or "CommitAsync" } };
}
