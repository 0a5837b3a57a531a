using System.Runtime.CompilerServices;
using TypedTasks.Diagnostics;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;
using TypedTasks.Results;

namespace TypedTasks.Worker;

/// <summary>
/// One attempt of one task, as the dispatcher sees it. A slot has one and uses it again for each delivery.
/// </summary>
internal sealed class TaskRun : TaskInvocation
{
    // What no store takes: an array's limit is near, and a result of this size is a mistake.
    private const int MaxLargeResultLength = 256 * 1024 * 1024;

    private readonly ITaskEngine _engine;
    private readonly TimeProvider _time;
    private readonly IWorkScheduler _scheduler;
    private readonly int _maxResultLength;
    private CancellationTokenSource _cancellation = new();
    private RunContext? _context;
    private EnvelopeView _envelope;
    private volatile StopReason _stopReason;
    private bool _hasResult;

    // Odd while a handler runs; another number for each. Who asks from elsewhere sees by it whether the id was all of one task.
    private int _runs;

    internal TaskRun(WorkerEnvironment environment)
    {
        _time = environment.Time;
        _scheduler = environment.Scheduler;
        _maxResultLength = environment.MaxOutcomeLength;
        _engine = environment.Engine;
    }

    internal HeldDelivery Held { get; private set; } = null!;

    internal TaskDescriptor Task { get; private set; } = null!;

    internal int Attempt { get; private set; }

    internal ref readonly EnvelopeView Envelope => ref _envelope;

    /// <summary>When the token fires unless the attempt has ended, as a timestamp; <see cref="long.MaxValue"/> for never. Guarded by the lane's lock.</summary>
    internal long StopAt = long.MaxValue;

    /// <summary>When the attempt is given up, as a timestamp; <see cref="long.MaxValue"/> until it was told to stop. Guarded by the lane's lock.</summary>
    internal long AbandonAt = long.MaxValue;

    /// <summary>Why <see cref="StopAt"/> is when it is.</summary>
    internal StopReason StopAtReason;

    /// <summary>The attempt was given up; whatever its handler still does changes nothing. Guarded by the lane's lock.</summary>
    internal bool IsAbandoned;

    /// <summary>What is observed of the attempt.</summary>
    internal AttemptTrace Trace;

    /// <summary>The id of the task whose handler runs now, for whoever asks from elsewhere; empty while none does.</summary>
    internal TaskId RunningId
    {
        get
        {
            int before = Volatile.Read(ref _runs);
            TaskId id = _envelope.Id;
            Volatile.ReadBarrier();
            return (before & 1) != 0 && before == _runs ? id : TaskId.Empty;
        }
    }

    /// <summary>The way to the lane's dedicated threads.</summary>
    internal ThreadHop Hop { get; } = new();

    /// <summary>Why the attempt was told to stop, if it was.</summary>
    internal StopReason StopReason => _stopReason;

    public override CancellationToken CancellationToken => _cancellation.Token;

    public override TaskContext Context => _context ??= new RunContext(this, _engine, _time);

    /// <summary>Takes a delivery whose envelope was read and whose task is known. Nobody can tell it to stop before it is watched.</summary>
    internal void Begin(HeldDelivery held, in EnvelopeView envelope, TaskDescriptor task)
    {
        Held = held;
        Task = task;
        Attempt = held.Delivery.Attempt;
        _envelope = envelope;
        _hasResult = false;
        HasReadArguments = false;
        IsWritingResult = false;
        _stopReason = StopReason.None;
        Volatile.Write(ref _runs, _runs + 1);
    }

    /// <summary>The handler has ended, and is watched no more: nobody can tell it to stop.</summary>
    internal StopReason End()
    {
        _context?.End();
        _context = null;
        _runs++;
        Volatile.WriteBarrier();
        if (_stopReason != StopReason.None || !_cancellation.TryReset())
        {
            // The token has fired, or is about to: it must not fire for the next task.
            _cancellation = new CancellationTokenSource();
        }

        return _stopReason;
    }

    /// <summary>Keeps a handler from starting that was told to stop before it began.</summary>
    /// <exception cref="OperationCanceledException">It was.</exception>
    internal void ThrowIfStopped()
    {
        if (StopReason != StopReason.None)
        {
            throw new OperationCanceledException("The attempt was told to stop before its handler started.");
        }
    }

    /// <summary>Fires the handler's token, on the scheduler. The first reason holds. Called under the lane's lock, while the run is watched.</summary>
    internal void Stop(StopReason reason)
    {
        if (_stopReason == StopReason.None)
        {
            _stopReason = reason;
            _scheduler.Queue(new Cancellation(_cancellation));
        }
    }

    public override MessagePackReader OpenArguments() => new(_envelope.Arguments);

    public override ValueTask CompleteAsync<TResult, TCodec>(ValueTask<TResult> running)
    {
        if (!running.IsCompletedSuccessfully)
        {
            return AwaitAsync<TResult, TCodec>(running);
        }

        WriteResult<TResult, TCodec>(running.Result);
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether the handler has returned a result that is being written: what fails then is not the handler.</summary>
    internal bool IsWritingResult { get; private set; }

    /// <summary>Whether the outcome is larger than the engine takes.</summary>
    internal bool IsResultLarge => Held.Result.Length > _maxResultLength;

    /// <summary>Writes the outcome of a task that succeeded, unless its result was written already, or nobody keeps it.</summary>
    internal void FinishSuccess()
    {
        if (!_hasResult && (_envelope.KeepOutcomeOf(Task) > TimeSpan.Zero || ClaimStep.IsNeeded(Task)))
        {
            WriteResult<NoResult, NoResultCodec>(default);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AwaitAsync<TResult, TCodec>(ValueTask<TResult> running)
        where TCodec : struct, IPayloadCodec<TResult>
    {
        // A run that was given up keeps its own buffer for good, so a late result harms nobody.
        WriteResult<TResult, TCodec>(await running.ConfigureAwait(false));
    }

    private void WriteResult<TResult, TCodec>(TResult result)
        where TCodec : struct, IPayloadCodec<TResult>
    {
        ResultBuffer buffer = Held.Result;
        buffer.Clear();
        var writer = new MessagePackWriter(buffer, MaxLargeResultLength);
        OutcomeRecord.WriteHead(ref writer, TaskState.Succeeded, Attempt, _time.GetUtcNow().ToUnixTimeMilliseconds(), failure: null);
        IsWritingResult = true;
        TCodec.Write(ref writer, result);
        IsWritingResult = false;
        writer.Flush();
        _hasResult = true;
    }

    /// <summary>Fires a token away from the lane's timer: a handler's cancellation callbacks are user code.</summary>
    private sealed class Cancellation(CancellationTokenSource source) : IThreadPoolWorkItem
    {
        public void Execute() => source.Cancel();
    }
}
