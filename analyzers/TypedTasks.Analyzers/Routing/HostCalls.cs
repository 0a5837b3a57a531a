using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Routing;

/// <summary>The calls by which a host registers engine, clients and workers.</summary>
internal static class HostCalls
{
    /// <summary>The contract whose tasks an <c>AddClient&lt;TContract&gt;()</c> or an <c>AddSchedule(name, call, schedule)</c> enqueues, or null.</summary>
    public static INamedTypeSymbol? ClientOf(IInvocationOperation call, KnownTypes types) =>
        call.TargetMethod is { Name: "AddClient" or "AddSchedule", TypeArguments: [INamedTypeSymbol contract, ..] } method && KnownTypes.Same(method.ContainingType, types.TypedTasksBuilder) ? contract : null;

    /// <summary>The contract and the handler of an <c>AddWorker&lt;TContract, THandler&gt;(…)</c>, or null.</summary>
    public static (INamedTypeSymbol Contract, INamedTypeSymbol Handler)? WorkerOf(IInvocationOperation call, KnownTypes types) =>
        call.TargetMethod is { Name: "AddWorker", TypeArguments: [INamedTypeSymbol contract, INamedTypeSymbol handler] } method && KnownTypes.Same(method.ContainingType, types.TypedTasksBuilder)
            ? (contract, handler)
            : null;

    /// <summary>Where a call names its method with its type arguments: the last part of a chain, rather than all of it.</summary>
    public static Location NameOf(IInvocationOperation call) => call.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax invocation
        ? (invocation.Expression is Microsoft.CodeAnalysis.CSharp.Syntax.MemberAccessExpressionSyntax member ? member.Name : invocation.Expression).GetLocation()
        : call.Syntax.GetLocation();
}
