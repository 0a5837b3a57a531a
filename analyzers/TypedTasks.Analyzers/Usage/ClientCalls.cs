using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedTasks.Analyzers.Idempotency.Effects;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Usage;

/// <summary>What a call says to a client.</summary>
internal enum ClientCallKind
{
    /// <summary>Enqueues, and gives a handle.</summary>
    Enqueue,

    /// <summary>Enqueues many, and gives handles.</summary>
    EnqueueMany,

    /// <summary>Enqueues, and waits for the result.</summary>
    Invoke,
}

/// <summary>A call of a client: one of its own methods, a generated extension, or a method of its Remote.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Contract">The client's contract.</param>
/// <param name="Task">The contract's method, where the call names it, or a call value that is made on the spot; null for one that comes from elsewhere.</param>
internal sealed record ClientCall(ClientCallKind Kind, INamedTypeSymbol Contract, IMethodSymbol? Task)
{
    /// <summary>What an invocation says to a client, or null where it is no such call.</summary>
    public static ClientCall? Of(IInvocationOperation invocation, KnownTypes types)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (KnownTypes.Same(method.ContainingType, types.TaskClient))
        {
            ClientCallKind? kind = method.Name switch
            {
                "EnqueueAsync" => ClientCallKind.Enqueue,
                "EnqueueManyAsync" => ClientCallKind.EnqueueMany,
                "InvokeAsync" => ClientCallKind.Invoke,
                _ => null,
            };
            return kind is { } known && method.ContainingType.TypeArguments[0] is INamedTypeSymbol contract ? new ClientCall(known, contract, TaskOfValue(contract, invocation)) : null;
        }

        if (method is { IsExtensionMethod: true, Parameters: [{ Type: INamedTypeSymbol { TypeArguments: [INamedTypeSymbol extended] } client }, ..] } && KnownTypes.Same(client, types.TaskClient) && GivesHandle(method, types))
        {
            return new ClientCall(ClientCallKind.Enqueue, extended, TaskOf(extended, method));
        }

        return invocation.Instance is IPropertyReferenceOperation { Property: { Name: "Remote", ContainingType: { } owner } } && KnownTypes.Same(owner, types.TaskClient) &&
            owner.TypeArguments[0] is INamedTypeSymbol remote && AnalysisScope.HasAttribute(method, types.TaskAttribute)
                ? new ClientCall(ClientCallKind.Invoke, remote, method)
                : null;
    }

    /// <summary>What makes the call value that an invocation is given, where it is made on the spot.</summary>
    public static IInvocationOperation? CallValueOf(IInvocationOperation invocation) =>
        invocation.Arguments.Select(argument => argument.Value).OfType<IInvocationOperation>().FirstOrDefault(made => TaskCalls.Is(made.TargetMethod));

    /// <summary>What was called, without conversions and what merely wraps a task: <c>AsTask()</c>, <c>ConfigureAwait(…)</c>.</summary>
    public static IInvocationOperation? Unwrap(IOperation? operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                case IInvocationOperation { TargetMethod.Name: "AsTask" or "ConfigureAwait" or "Preserve", Instance: { } wrapped }:
                    operation = wrapped;
                    break;
                default:
                    return operation as IInvocationOperation;
            }
        }
    }

    /// <summary>The contract's method that a call value is made for, where it is made on the spot: <c>client.InvokeAsync(MailTasks.Send(id))</c>.</summary>
    private static IMethodSymbol? TaskOfValue(INamedTypeSymbol contract, IInvocationOperation invocation) => CallValueOf(invocation) is { TargetMethod: { } made }
        ? new[] { contract }.Concat(contract.AllInterfaces)
            .SelectMany(type => type.GetMembers())
            .OfType<IMethodSymbol>()
            .FirstOrDefault(method => (method.Name == made.Name || method.Name == made.Name + "Async") && method.Has(KnownSymbols.TaskAttribute))
        : null;

    private static bool GivesHandle(IMethodSymbol method, KnownTypes types) =>
        method.ReturnType is INamedTypeSymbol { TypeArguments: [var handle] } task && KnownTypes.Same(task, types.ValueTaskOfT) && KnownTypes.Same(handle, types.TaskHandle);

    /// <summary>The contract's method that a generated extension enqueues: of the same name, with the same arguments.</summary>
    private static IMethodSymbol? TaskOf(INamedTypeSymbol contract, IMethodSymbol extension) => new[] { contract }.Concat(contract.AllInterfaces)
        .SelectMany(type => type.GetMembers(extension.Name))
        .OfType<IMethodSymbol>()
        .FirstOrDefault(method => method.Has(KnownSymbols.TaskAttribute) &&
            method.Parameters.Where(parameter => !parameter.Type.IsNamed(KnownSymbols.CancellationToken) && !parameter.Type.IsNamed(KnownSymbols.TaskContext))
                .Select(parameter => parameter.Type)
                .SequenceEqual<ITypeSymbol>(extension.Parameters.Skip(1).Take(extension.Parameters.Length - 3).Select(parameter => parameter.Type), SymbolEqualityComparer.Default));
}
