using System.Collections.Immutable;
using System.ComponentModel;
using TypedTasks.MessagePack;
using TypedTasks.Worker;

namespace TypedTasks.Calls;

/// <summary>What generated code knows of one contract. One instance a contract, made when its assembly is first used.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ContractDescriptor
{
    private protected ContractDescriptor(string name, Type type, ImmutableArray<TaskDescriptor> tasks)
    {
        Name = name;
        Type = type;
        Tasks = tasks;
    }

    /// <summary>The contract's wire name.</summary>
    public string Name { get; }

    /// <summary>The contract interface.</summary>
    public Type Type { get; }

    /// <summary>The tasks, those of inherited contracts included, in dispatch order.</summary>
    public ImmutableArray<TaskDescriptor> Tasks { get; }
}

/// <summary>
/// The generated side of a contract: how to call it remotely and how to dispatch a delivered task to a handler.
/// </summary>
/// <typeparam name="TContract">The contract interface.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ContractDescriptor<TContract> : ContractDescriptor
    where TContract : class
{
    /// <summary>Describes the contract.</summary>
    protected ContractDescriptor(string name, ImmutableArray<TaskDescriptor> tasks)
        : base(name, typeof(TContract), tasks)
    {
    }

    /// <summary>Makes the proxy whose methods enqueue and wait for the result.</summary>
    public abstract TContract CreateRemote(ITaskClient<TContract> client);

    /// <summary>The place in <see cref="ContractDescriptor.Tasks"/> of the task with this wire name (<c>invoices.generate</c>, UTF-8), or -1.</summary>
    public abstract int IndexOf(ReadOnlySpan<byte> taskName);

    /// <summary>
    /// Reads the arguments of task number <paramref name="task"/>, calls its handler and hands what it returns to <paramref name="invocation"/>.
    /// Allocates nothing but what the arguments and the handler do.
    /// </summary>
    /// <exception cref="MessagePackException">The arguments are not this task's.</exception>
    public abstract ValueTask DispatchAsync(TContract handler, int task, TaskInvocation invocation);

    /// <summary>Writes the idempotency key of task number <paramref name="task"/> from its arguments, for envelopes that carry none.</summary>
    /// <exception cref="MessagePackException">The arguments are not this task's.</exception>
    public abstract void WriteKey(int task, ref MessagePackReader arguments, ref TaskKeyWriter key);
}
