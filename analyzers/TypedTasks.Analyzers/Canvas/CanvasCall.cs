using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedTasks.Analyzers.Canvas;

/// <summary>What a call does with a canvas.</summary>
internal enum CanvasVerb
{
    /// <summary><c>Canvas.Chain(…)</c></summary>
    Chain,

    /// <summary><c>Canvas.Group(…)</c></summary>
    Group,

    /// <summary><c>Then(…)</c> of a chain or a link.</summary>
    Then,

    /// <summary><c>ThenGroup(…)</c> of a chain.</summary>
    ThenGroup,

    /// <summary><c>Join(…)</c> of a group.</summary>
    Join,

    /// <summary>What a client or <c>ITaskCanvas</c> enqueues, or invokes.</summary>
    Enqueue,
}

/// <summary>A call that is meant for a canvas or a client, by what the compiler considered.</summary>
/// <param name="Verb">What it does.</param>
/// <param name="Before">The result of the chain, of the link, or of the group's members that it is called on; null where it begins a canvas or enqueues.</param>
/// <param name="Receiver">What it is called on, as it is written, where it is.</param>
internal sealed record CanvasCall(CanvasVerb Verb, ITypeSymbol? Before, ExpressionSyntax? Receiver)
{
    /// <summary>What a call that does not bind is meant for, or null where it is for none of ours.</summary>
    public static CanvasCall? Of(InvocationExpressionSyntax call, SemanticModel model, KnownTypes types, CancellationToken cancellationToken)
    {
        if (call.ArgumentList.Arguments.Count == 0 || VerbOf(Names.OfCalled(call)) is not { } verb)
        {
            return null;
        }

        // What is given more than any of them takes is wrong in a way of its own.
        ImmutableArray<ISymbol> candidates = model.GetSymbolInfo(call, cancellationToken).CandidateSymbols;
        if (!candidates.Any(candidate => candidate is IMethodSymbol method && Takes(method, call.ArgumentList.Arguments.Count)))
        {
            return null;
        }

        foreach (ISymbol candidate in candidates)
        {
            if (candidate is IMethodSymbol { ContainingType: { } owner } && IsOf(verb, owner, types))
            {
                ITypeSymbol? before = verb is CanvasVerb.Then or CanvasVerb.ThenGroup or CanvasVerb.Join ? owner.TypeArguments[owner.TypeArguments.Length - 1] : null;
                return before is not null && !CanvasPart.IsKnown(before, types) ? null : new CanvasCall(verb, before, (call.Expression as MemberAccessExpressionSyntax)?.Expression);
            }
        }

        return null;
    }

    private static bool Takes(IMethodSymbol method, int arguments) => method.Parameters is [.., var last] && (last.IsParams || method.Parameters.Length >= arguments);

    private static CanvasVerb? VerbOf(string? name) => name switch
    {
        "Chain" => CanvasVerb.Chain,
        "Group" => CanvasVerb.Group,
        "Then" => CanvasVerb.Then,
        "ThenGroup" => CanvasVerb.ThenGroup,
        "Join" => CanvasVerb.Join,
        "EnqueueAsync" or "EnqueueManyAsync" or "InvokeAsync" => CanvasVerb.Enqueue,
        _ => null,
    };

    private static bool IsOf(CanvasVerb verb, INamedTypeSymbol owner, KnownTypes types) => verb switch
    {
        CanvasVerb.Chain or CanvasVerb.Group => KnownTypes.Same(owner, types.Canvas),
        CanvasVerb.Then => KnownTypes.Same(owner, types.TaskChain) || KnownTypes.Same(owner, types.TaskLink),
        CanvasVerb.ThenGroup => KnownTypes.Same(owner, types.TaskChain),
        CanvasVerb.Join => KnownTypes.Same(owner, types.TaskGroup),
        _ => IsEnqueuer(owner, types) || owner.AllInterfaces.Any(contract => IsEnqueuer(contract, types)),
    };

    private static bool IsEnqueuer(INamedTypeSymbol type, KnownTypes types) => KnownTypes.Same(type, types.TaskClient) || KnownTypes.Same(type, types.TaskCanvas);
}
