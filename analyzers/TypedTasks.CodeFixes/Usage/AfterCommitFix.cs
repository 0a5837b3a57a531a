using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Usage;

/// <summary>TT703 and TT704: moves an enqueueing whose handle nobody keeps behind the commit, or what saves, in the same block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AfterCommitFix : TaskCodeFix
{
    private static readonly string[] Commits = ["Commit", "CommitAsync"];
    private static readonly string[] Saves = ["SaveChanges", "SaveChangesAsync"];

    /// <summary>Creates the fix.</summary>
    public AfterCommitFix()
        : base(RuleIds.EnqueueInTransaction, RuleIds.UnsavedIdentity)
    {
    }

    /// <summary>None: two that move behind one commit would change their order.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<StatementSyntax>() is ExpressionStatementSyntax { Parent: BlockSyntax block } statement &&
            block.Statements.Skip(block.Statements.IndexOf(statement) + 1).FirstOrDefault(later => Calls(later, scope.Diagnostic.Id == RuleIds.UnsavedIdentity ? Saves : Commits)) is { } commit)
        {
            scope.Offer("Enqueue after the commit", _ =>
            {
                List<StatementSyntax> statements = [.. block.Statements];
                statements.Remove(statement);
                statements.Insert(statements.IndexOf(commit) + 1, statement);
                return Task.FromResult(scope.Root.ReplaceNode(block, block.WithStatements(Microsoft.CodeAnalysis.CSharp.SyntaxFactory.List(statements))));
            });
        }
    }

    private static bool Calls(StatementSyntax statement, string[] names) => statement is ExpressionStatementSyntax { Expression: var expression } &&
        (expression is AwaitExpressionSyntax await ? await.Expression : expression) is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var called } } && names.Contains(called);
}
