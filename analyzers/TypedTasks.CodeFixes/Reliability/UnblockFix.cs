using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Reliability;

/// <summary>TT504 and TT505: awaits the task that is blocked on, or a delay in place of the sleep. Offered in asynchronous code, outside locks.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class UnblockFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public UnblockFix()
        : base(RuleIds.SyncOverAsync, RuleIds.BlockingSleep)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<ExpressionSyntax>() is { } blocking && blocking.Span == scope.Diagnostic.Location.SourceSpan && AsyncCode.IsWithin(blocking) &&
            blocking.FirstAncestorOrSelf<LockStatementSyntax>() is null && Awaited(blocking) is { } awaited)
        {
            ExpressionSyntax expression = AsyncCode.Await(awaited.WithoutTrivia());
            bool isPartOfMore = blocking.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or InvocationExpressionSyntax or ConditionalAccessExpressionSyntax or PostfixUnaryExpressionSyntax;
            scope.OfferReplacement("Await it", blocking, (isPartOfMore ? SyntaxFactory.ParenthesizedExpression(expression) : expression).WithTriviaFrom(blocking));
        }
    }

    private static ExpressionSyntax? Awaited(ExpressionSyntax blocking) => blocking switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result", Expression: var task } => task,
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait", Expression: var task } } => task,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult", Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var task } } } } => task,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: "WaitAll" }, Expression: var type }, ArgumentList: { Arguments: [{ Expression: not CollectionExpressionSyntax }] } arguments } => WhenAll(type, arguments),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Sleep" }, ArgumentList.Arguments: [var time] } sleep => Delay(sleep, time),
        _ => null,
    };

    // One argument, the tasks: a time or a token is not for WhenAll to take.
    private static InvocationExpressionSyntax WhenAll(ExpressionSyntax type, ArgumentListSyntax arguments) => SyntaxFactory.InvocationExpression(
        SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, type.WithoutTrivia(), SyntaxFactory.IdentifierName("WhenAll")),
        arguments.WithoutTrivia());

    // With the handler's token, where it has one: a delay is where stopping is heard.
    private static ExpressionSyntax Delay(InvocationExpressionSyntax sleep, ArgumentSyntax time)
    {
        string? token = sleep.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.ParameterList.Parameters
            .FirstOrDefault(parameter => parameter.Type is IdentifierNameSyntax { Identifier.ValueText: "CancellationToken" })?.Identifier.Text;
        return SyntaxFactory.ParseExpression($"Task.Delay({time.Expression.WithoutTrivia()}{(token is null ? "" : $", {token}")})");
    }
}
