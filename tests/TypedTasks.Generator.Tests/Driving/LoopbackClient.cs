using System.Buffers;
using System.Globalization;
using System.Text;
using TypedTasks.Calls;
using TypedTasks.MessagePack;
using TypedTasks.Worker;

namespace TypedTasks.Generator.Tests.Driving;

/// <summary>
/// A client that is its own engine and worker: a call becomes bytes, the bytes are dispatched to the handler by the task's name, and the result's bytes are
/// read again. Everything that emitted code does is on that way. Public, because emitted test assemblies use it.
/// </summary>
public sealed class LoopbackClient<TContract>(TContract handler) : ITaskClient<TContract>
    where TContract : class
{
    private readonly ContractDescriptor<TContract> _contract = ContractRegistry.Get<TContract>();
    private readonly Dictionary<TaskId, object> _handles = [];

    /// <summary>What went through, a line a task: name, arguments in hex, key.</summary>
    public IList<string> Log { get; } = [];

    /// <inheritdoc/>
    public TContract Remote => _contract.CreateRemote(this);

    /// <inheritdoc/>
    public async ValueTask<TaskHandle<TResult>> EnqueueAsync<TResult, TArguments>(
        TaskCall<TContract, TResult, TArguments> call, EnqueueOptions options = default, CancellationToken cancellationToken = default)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        TResult result = await InvokeAsync(call, cancellationToken);
        TaskHandle<TResult> handle = new(TaskId.New(), new Kept<TResult>(result));
        _handles[handle.Id] = handle;
        return handle;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TaskHandle<TResult>>> EnqueueManyAsync<TResult, TArguments>(
        IEnumerable<TaskCall<TContract, TResult, TArguments>> calls, EnqueueOptions options = default, CancellationToken cancellationToken = default)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        List<TaskHandle<TResult>> handles = [];
        foreach (TaskCall<TContract, TResult, TArguments> call in calls)
        {
            handles.Add(await EnqueueAsync(call, options, cancellationToken));
        }

        return handles;
    }

    /// <inheritdoc/>
    public async ValueTask<TResult> InvokeAsync<TResult, TArguments>(
        TaskCall<TContract, TResult, TArguments> call, CancellationToken cancellationToken = default)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        byte[] arguments = Bytes.Of((ref MessagePackWriter writer) => TArguments.Write(ref writer, call.Arguments));
        int task = _contract.IndexOf(Encoding.UTF8.GetBytes(call.Task.Name));
        Assert.Equal(call.Task.Index, task);
        Assert.Same(call.Task, _contract.Tasks[task]);
        Log.Add(string.Create(CultureInfo.InvariantCulture, $"{call.Task.Name} {Convert.ToHexStringLower(arguments)} {Key(task, arguments)}").TrimEnd());

        LoopbackInvocation invocation = new(arguments, cancellationToken);
        await _contract.DispatchAsync(handler, task, invocation);
        Assert.True(invocation.WasRead);
        MessagePackReader reader = new(invocation.Result);
        return TArguments.ReadResult(ref reader);
    }

    /// <inheritdoc/>
    public TaskHandle<TResult> Handle<TResult, TArguments>(TaskId id)
        where TArguments : struct, ITaskArguments<TArguments, TResult> => (TaskHandle<TResult>)_handles[id];

    private string Key(int task, byte[] arguments)
    {
        MessagePackReader reader = new(arguments);
        TaskKeyWriter key = new(new byte[TaskKeyWriter.MaxLength]);
        _contract.WriteKey(task, ref reader, ref key);
        return Encoding.UTF8.GetString(key.Written);
    }

    private sealed class Kept<TResult>(TResult result) : ITaskTracker<TResult>
    {
        public ValueTask<TResult> WaitAsync(TaskId id, TimeSpan timeout, CancellationToken cancellationToken) => new(result);

        public ValueTask<TaskState> StateAsync(TaskId id, CancellationToken cancellationToken) => new(TaskState.Succeeded);

        public ValueTask<TaskProgress<TProgress>?> ProgressAsync<TProgress>(TaskId id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<TaskProgress<TProgress>> WatchAsync<TProgress>(TaskId id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask ForgetAsync(TaskId id, CancellationToken cancellationToken) => default;

        public ValueTask<bool> CancelAsync(TaskId id, CancellationToken cancellationToken) => new(false);
    }
}

internal sealed class LoopbackInvocation(byte[] arguments, CancellationToken cancellationToken) : TaskInvocation
{
    // What a task without a result sends.
    public byte[] Result { get; private set; } = [0xc0];

    public bool WasRead => HasReadArguments;

    public override CancellationToken CancellationToken => cancellationToken;

    public override TaskContext Context => null!;

    public override MessagePackReader OpenArguments() => new(arguments);

    public override async ValueTask CompleteAsync<TResult, TCodec>(ValueTask<TResult> running)
    {
        TResult result = await running;
        Result = Bytes.Of((ref MessagePackWriter writer) => TCodec.Write(ref writer, result));
    }
}

/// <summary>What a writer writes, as an array.</summary>
public static class Bytes
{
    /// <summary>Writes with a writer.</summary>
    public delegate void Write(ref MessagePackWriter writer);

    /// <summary>The bytes that <paramref name="write"/> writes.</summary>
    public static byte[] Of(Write write)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArrayBufferWriter<byte> buffer = new();
        MessagePackWriter writer = new(buffer);
        write(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes a task's result, reads it back, writes it again: the bytes, which must be the same.</summary>
    public static byte[] RoundTrip<TArguments, TResult>(TResult result)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        byte[] bytes = Of((ref MessagePackWriter writer) => TArguments.WriteResult(ref writer, result));
        Assert.Equal(bytes, Of((ref MessagePackWriter writer) => TArguments.WriteResult(ref writer, Read<TArguments, TResult>(bytes))));
        return bytes;
    }

    /// <summary>Reads a task's result, all of it.</summary>
    public static TResult Read<TArguments, TResult>(byte[] bytes)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        MessagePackReader reader = new(bytes);
        TResult result = TArguments.ReadResult(ref reader);
        Assert.True(reader.End);
        return result;
    }
}
