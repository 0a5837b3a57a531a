using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Reliability;

/// <summary>TT502: the started task is awaited where it was discarded. Offered in asynchronous code.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AwaitFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public AwaitFix()
        : base(RuleIds.WorkOutlivesTask)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<InvocationExpressionSyntax>() is not { } call || call.Span != scope.Diagnostic.Location.SourceSpan || !AsyncCode.IsWithin(call))
        {
            return;
        }

        // What stands around the call may belong to it: ConfigureAwait, a cast.
        StatementSyntax? statement = call.FirstAncestorOrSelf<StatementSyntax>();
        ExpressionSyntax? started = statement switch
        {
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Right: { } right } } => right,
            ExpressionStatementSyntax { Expression: { } expression } => expression,
            LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: { } value }] } => value,
            _ => null,
        };
        if (statement is not null && started is not null && started.Span.Contains(call.Span))
        {
            scope.OfferReplacement("Await it", statement, SyntaxFactory.ExpressionStatement(AsyncCode.Await(started.WithoutTrivia())).WithTriviaFrom(statement));
        }
    }
}
