using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Calls;

namespace TypedTasks.Worker;

/// <summary>The generated dispatcher of one contract together with the way to its handler.</summary>
internal abstract class TaskDispatcher(ContractDescriptor contract)
{
    internal string ContractName => contract.Name;

    internal ImmutableArray<TaskDescriptor> Tasks => contract.Tasks;

    internal abstract int IndexOf(ReadOnlySpan<byte> taskName);

    internal abstract ValueTask DispatchAsync(int task, TaskInvocation invocation);

    /// <summary>Derives the idempotency key of a delivery that carries none.</summary>
    internal abstract void WriteKey(int task, TaskInvocation invocation, ref TaskKeyWriter key);
}

/// <summary>Dispatches to one handler for all tasks. Allocates nothing.</summary>
internal sealed class SingletonDispatcher<TContract>(ContractDescriptor<TContract> contract, TContract handler) : TaskDispatcher(contract)
    where TContract : class
{
    internal override int IndexOf(ReadOnlySpan<byte> taskName) => contract.IndexOf(taskName);

    internal override ValueTask DispatchAsync(int task, TaskInvocation invocation) => contract.DispatchAsync(handler, task, invocation);

    internal override void WriteKey(int task, TaskInvocation invocation, ref TaskKeyWriter key)
    {
        MessagePack.MessagePackReader arguments = invocation.OpenArguments();
        contract.WriteKey(task, ref arguments, ref key);
    }
}

/// <summary>Makes a scope of the container and a handler for each attempt, and disposes of them when it ends.</summary>
internal sealed class ScopedDispatcher<TContract>(
    ContractDescriptor<TContract> contract,
    IServiceScopeFactory scopes,
    Func<IServiceProvider, TContract> resolve) : TaskDispatcher(contract)
    where TContract : class
{
    internal override int IndexOf(ReadOnlySpan<byte> taskName) => contract.IndexOf(taskName);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    internal override async ValueTask DispatchAsync(int task, TaskInvocation invocation)
    {
        AsyncServiceScope scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            await contract.DispatchAsync(resolve(scope.ServiceProvider), task, invocation).ConfigureAwait(false);
        }
    }

    internal override void WriteKey(int task, TaskInvocation invocation, ref TaskKeyWriter key)
    {
        MessagePack.MessagePackReader arguments = invocation.OpenArguments();
        contract.WriteKey(task, ref arguments, ref key);
    }
}
