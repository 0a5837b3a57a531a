using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;

namespace TypedTasks.CodeFixes.Usage;

/// <summary>TT701: awaits the enqueueing, where the method around it is asynchronous.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AwaitFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public AwaitFix()
        : base(RuleIds.EnqueueNotAwaited)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Find<InvocationExpressionSyntax>() is { } call && Outermost(call) is { } value && AsyncCode.IsWithin(value))
        {
            // _ = call; and call; become one statement.
            ExpressionSyntax replaced = value.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } discard ? discard : value;
            scope.OfferReplacement("Await it", replaced, AsyncCode.Await(value).WithTriviaFrom(replaced));
        }
    }

    /// <summary>The call with what wraps it, <c>call.AsTask()</c>; null for a conditional access, of which a null cannot be awaited.</summary>
    private static ExpressionSyntax? Outermost(ExpressionSyntax call)
    {
        ExpressionSyntax current = call;
        while (current.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax outer } member && member.Expression == current)
        {
            current = outer;
        }

        return current.Parent is ConditionalAccessExpressionSyntax ? null : current;
    }
}
