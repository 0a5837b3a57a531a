using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Analyzers.Canvas;

namespace TypedTasks.CodeFixes.Canvas;

/// <summary>TT802: begins a chain with each call of a group, where they are calls of different tasks with one result.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ChainEachFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public ChainEachFix()
        : base(RuleIds.JoinMismatch)
    {
    }

    private protected override async Task RegisterAsync(FixScope scope)
    {
        if (scope.Property(CanvasReport.MixedProperty) is null ||
            scope.Root.FindNode(scope.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).Ancestors().OfType<InvocationExpressionSyntax>().FirstOrDefault(call => Names.OfCalled(call) == "Group") is not { } group)
        {
            return;
        }

        SemanticModel model = await scope.ModelAsync().ConfigureAwait(false);
        if (KnownTypes.Find(model.Compilation) is not { } types)
        {
            return;
        }

        ExpressionSyntax[] calls = [.. CanvasPart.Of(group, model, types, scope.CancellationToken).Where(part => part.Kind == CanvasPartKind.Call).Select(part => part.Syntax)];
        scope.Offer("Begin a chain with each", _ => Task.FromResult(scope.Root.ReplaceNodes(calls, (_, call) => Chain(group, call))));
    }

    // Canvas.Chain, TypedTasks.Canvas.Chain or Chain: as the group is begun.
    private static InvocationExpressionSyntax Chain(InvocationExpressionSyntax group, ExpressionSyntax call)
    {
        IdentifierNameSyntax chain = SyntaxFactory.IdentifierName("Chain");
        ExpressionSyntax begun = group.Expression is MemberAccessExpressionSyntax member ? member.WithName(chain).WithoutTrivia() : chain;
        return SyntaxFactory.InvocationExpression(begun, SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(call.WithoutTrivia())))).WithTriviaFrom(call);
    }
}
