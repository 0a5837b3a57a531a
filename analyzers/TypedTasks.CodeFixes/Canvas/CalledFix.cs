using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers;
using TypedTasks.Analyzers.Canvas;

namespace TypedTasks.CodeFixes.Canvas;

/// <summary>TT804: calls what is only named, <c>SumLink</c>, where it needs no arguments. What the first argument of a link should be nobody here can know.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class CalledFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public CalledFix()
        : base(RuleIds.UnboundParameters)
    {
    }

    private protected override void Register(FixScope scope)
    {
        if (scope.Property(CanvasReport.CallableProperty) is not null && scope.Root.FindNode(scope.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax named)
        {
            scope.OfferReplacement("Call it", named, SyntaxFactory.InvocationExpression(named.WithoutTrivia()).WithTriviaFrom(named));
        }
    }
}
