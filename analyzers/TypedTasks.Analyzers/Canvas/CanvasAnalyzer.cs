using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Canvas;

/// <summary>TT801 to TT804: why a canvas does not compile. The types allow no canvas that these rules would refuse, so only calls that do not bind are looked at.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CanvasAnalyzer : BodyAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public CanvasAnalyzer()
        : base(Rules.LinkMismatch, Rules.JoinMismatch, Rules.AbsentResult, Rules.UnboundParameters)
    {
    }

    private protected override void Start(AnalysisScope scope) => scope.OnBody((context, body) =>
    {
        foreach (IInvalidOperation unbound in body.UnboundCalls)
        {
            if (unbound is { Syntax: InvocationExpressionSyntax syntax, SemanticModel: { } model } && CanvasCall.Of(syntax, model, scope.Types, context.CancellationToken) is { } call)
            {
                List<CanvasPart> parts = [.. CanvasPart.Of(syntax, model, scope.Types, context.CancellationToken)];
                new CanvasReport(call, parts, model, scope.Types, context).Report();
            }
        }
    });
}
