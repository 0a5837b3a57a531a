using Microsoft.CodeAnalysis;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Nested enqueues: the members of <c>ITaskClient&lt;T&gt;</c>, its generated extensions, and <c>ITaskCanvas</c>.</summary>
internal static class ClientCalls
{
    private const string Client = "TypedTasks.ITaskClient";

    public static EffectRule Rule { get; } = new(EffectKind.Enqueue);

    public static bool Is(IMethodSymbol method) => ContractOf(method) is not null || CanvasCalls.Enqueues(method);

    /// <summary>The contract whose task is enqueued, or null where the call is none, or enqueues a canvas.</summary>
    public static INamedTypeSymbol? ContractOf(IMethodSymbol method)
    {
        // An extension that returns the handle itself, invoices.GenerateHandle(id), enqueues nothing.
        INamedTypeSymbol? client = method.IsExtensionMethod && method.Parameters.Length > 0 && method.ReturnType.Name != "TaskHandle" ? method.Parameters[0].Type as INamedTypeSymbol
            : method.Name is "EnqueueAsync" or "EnqueueManyAsync" or "InvokeAsync" ? method.ContainingType
            : null;
        if (client is { TypeArguments.Length: 1 } && client.IsNamed(Client))
        {
            return client.TypeArguments[0] as INamedTypeSymbol;
        }

        return null;
    }

    /// <summary>The tasks that are enqueued, each with what finds its arguments; null for one that cannot be told.</summary>
    public static IEnumerable<(IMethodSymbol? Task, Func<string, Value?> Find)> TasksOf(CallValues call)
    {
        if (call.Method is not { } method || !CanvasCalls.Enqueues(method))
        {
            return [(TaskOf(call), name => call.Find(name) ?? call.Find("call")?.Facts?.Get(name))];
        }

        Facts? canvas = (call.Find("chain") ?? call.Find("group"))?.Facts;
        return canvas is { IsEmpty: false, Type: var type } && CanvasCalls.IsCanvas(type)
            ? canvas.Members.Select(step => (TaskOf(step.Value), (Func<string, Value?>)(name => step.Value.Facts?.Get(name))))
            : [(null, _ => null)];
    }

    /// <summary>The task that is enqueued, or null where it cannot be told.</summary>
    private static IMethodSymbol? TaskOf(CallValues call)
    {
        if (call.Method is not { } method || ContractOf(method) is not { } contract)
        {
            return null;
        }

        // client.SendAsync(id) has the task's name; client.EnqueueAsync(MailTasks.Send(id)) names it in the call value.
        string name = method.IsExtensionMethod ? method.Name : call.Find("call")?.Facts?.Get(TaskCalls.Name)?.Text ?? "";
        return TaskOf(contract, name);
    }

    // A step of a canvas: its call value's type names the contract.
    private static IMethodSymbol? TaskOf(Value step) =>
        step.Facts is { Type: INamedTypeSymbol { TypeArguments: [INamedTypeSymbol contract, ..] } } facts && facts.Get(TaskCalls.Name)?.Text is { } name ? TaskOf(contract, name) : null;

    private static IMethodSymbol? TaskOf(INamedTypeSymbol contract, string name)
    {
        foreach (INamedTypeSymbol declaring in contract.AllInterfaces.Insert(0, contract))
        {
            foreach (ISymbol member in declaring.GetMembers())
            {
                if (member is IMethodSymbol task && (task.Name == name || task.Name == name + "Async") && task.Has(KnownSymbols.TaskAttribute))
                {
                    return task;
                }
            }
        }

        return null;
    }
}

/// <summary>Call values: <c>MailTasks.Send(id)</c>.</summary>
internal static class TaskCalls
{
    /// <summary>The name under which a call value knows the method that made it.</summary>
    public const string Name = "<call>";

    public static bool Is(IMethodSymbol method) => method is { IsStatic: true, ReturnType: INamedTypeSymbol { Name: "TaskCall", TypeArguments.Length: 3 } };
}
