using System.ComponentModel;
using TypedTasks.Calls;
using TypedTasks.MessagePack;

namespace TypedTasks.Worker;

/// <summary>
/// One attempt of a task as the generated dispatcher sees it: the arguments to read, the token and context to pass, and where the result goes.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TaskInvocation
{
    private protected TaskInvocation()
    {
    }

    /// <summary>The handler's token.</summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>The handler's context.</summary>
    public abstract TaskContext Context { get; }

    /// <summary>A reader at the start of the arguments array.</summary>
    public abstract MessagePackReader OpenArguments();

    /// <summary>Reads the arguments. Until this returns, a failure is the payload's and not the handler's.</summary>
    /// <exception cref="MessagePackException">The bytes are not this task's arguments.</exception>
    public TArguments ReadArguments<TArguments, TResult>()
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        MessagePackReader reader = OpenArguments();
        TArguments arguments = TArguments.Read(ref reader);
        HasReadArguments = true;
        return arguments;
    }

    /// <summary>Whether the arguments of the current attempt were read.</summary>
    internal bool HasReadArguments { get; private protected set; }

    /// <summary>Completes the attempt when <paramref name="running"/> does. Allocates nothing.</summary>
    public ValueTask CompleteAsync(ValueTask running) => running;

    /// <summary>Completes the attempt when <paramref name="running"/> does.</summary>
    public ValueTask CompleteAsync(Task running) => new(running);

    /// <summary>Writes the result when <paramref name="running"/> completes. Allocates nothing when it is complete already.</summary>
    public abstract ValueTask CompleteAsync<TResult, TCodec>(ValueTask<TResult> running)
        where TCodec : struct, IPayloadCodec<TResult>;

    /// <summary>Writes the result when <paramref name="running"/> completes.</summary>
    public ValueTask CompleteAsync<TResult, TCodec>(Task<TResult> running)
        where TCodec : struct, IPayloadCodec<TResult> => CompleteAsync<TResult, TCodec>(new ValueTask<TResult>(running));
}
