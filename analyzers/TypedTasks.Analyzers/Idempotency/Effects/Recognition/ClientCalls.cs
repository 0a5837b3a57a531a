using Microsoft.CodeAnalysis;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Nested enqueues: the members of <c>ITaskClient&lt;T&gt;</c> and its generated extensions.</summary>
internal static class ClientCalls
{
    private const string Client = "TypedTasks.ITaskClient";

    public static EffectRule Rule { get; } = new(EffectKind.Enqueue);

    public static bool Is(IMethodSymbol method) => ContractOf(method) is not null;

    /// <summary>The contract whose task is enqueued, or null where the call is none.</summary>
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

    /// <summary>The task that is enqueued, or null where it cannot be told.</summary>
    public static IMethodSymbol? TaskOf(CallValues call)
    {
        if (call.Method is not { } method || ContractOf(method) is not { } contract)
        {
            return null;
        }

        // client.SendAsync(id) has the task's name; client.EnqueueAsync(MailTasks.Send(id)) names it in the call value.
        string name = method.IsExtensionMethod ? method.Name : call.Find("call")?.Facts?.Get(TaskCalls.Name)?.Text ?? "";
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
