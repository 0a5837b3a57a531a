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

/// <summary>A task that a call names: of the contract, with the invocation that has its arguments.</summary>
internal sealed record NamedTask(IMethodSymbol Task, IInvocationOperation Call);

/// <summary>A call of a client: one of its own methods, a generated extension, or a method of its Remote; or one that enqueues a canvas.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Tasks">The contracts' methods, where the call names them, or call values that are made on the spot, of a canvas in the order of its steps; empty where they come from elsewhere.</param>
internal sealed record ClientCall(ClientCallKind Kind, IReadOnlyList<NamedTask> Tasks)
{
    /// <summary>Whether it enqueues a canvas.</summary>
    public bool IsCanvas { get; private init; }

    /// <summary>What an invocation says to a client, or null where it is no such call.</summary>
    public static ClientCall? Of(IInvocationOperation invocation, KnownTypes types)
    {
        // Asked of every call: by its name first.
        IMethodSymbol method = invocation.TargetMethod;
        ClientCallKind? kind = method.Name switch
        {
            "EnqueueAsync" => ClientCallKind.Enqueue,
            "EnqueueManyAsync" => ClientCallKind.EnqueueMany,
            "InvokeAsync" => ClientCallKind.Invoke,
            _ => null,
        };
        if (kind is { } known && KnownTypes.Same(method.ContainingType, types.TaskClient))
        {
            return new ClientCall(known, Values(invocation.Arguments.Select(argument => argument.Value).OfType<IInvocationOperation>()));
        }

        if (method.Name == "EnqueueAsync" && KnownTypes.Same(method.ContainingType, types.TaskCanvas))
        {
            bool isChain = KnownTypes.Same(method.Parameters[0].Type, types.TaskChain);
            return new ClientCall(isChain ? ClientCallKind.Enqueue : ClientCallKind.EnqueueMany, Values(invocation.Arguments.SelectMany(argument => argument.Value.DescendantsAndSelf()).OfType<IInvocationOperation>())) { IsCanvas = true };
        }

        if (method is { IsExtensionMethod: true, Parameters: [{ Type: INamedTypeSymbol { TypeArguments: [INamedTypeSymbol extended] } client }, ..] } && KnownTypes.Same(client, types.TaskClient) && GivesHandle(method, types))
        {
            return new ClientCall(ClientCallKind.Enqueue, TaskOf(extended, method) is { } task ? [new NamedTask(task, invocation)] : []);
        }

        return invocation.Instance is IPropertyReferenceOperation { Property: { Name: "Remote", ContainingType: { } owner } } && KnownTypes.Same(owner, types.TaskClient) &&
            AnalysisScope.HasAttribute(method, types.TaskAttribute)
                ? new ClientCall(ClientCallKind.Invoke, [new NamedTask(method, invocation)])
                : null;
    }

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

    /// <summary>The contracts' methods that call values and links are made for, where they are made on the spot: <c>client.InvokeAsync(MailTasks.Send(id))</c>.</summary>
    private static IReadOnlyList<NamedTask> Values(IEnumerable<IInvocationOperation> made) =>
    [
        .. made.Select(value => TaskOf(value.TargetMethod) is { } task ? new NamedTask(task, value) : null).OfType<NamedTask>(),
    ];

    private static IMethodSymbol? TaskOf(IMethodSymbol value) => CanvasCalls.CallOf(value) is { ReturnType: INamedTypeSymbol { TypeArguments: [INamedTypeSymbol contract, ..] } } call
        ? new[] { contract }.Concat(contract.AllInterfaces)
            .SelectMany(type => type.GetMembers())
            .OfType<IMethodSymbol>()
            .FirstOrDefault(method => (method.Name == call.Name || method.Name == call.Name + "Async") && method.Has(KnownSymbols.TaskAttribute))
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
