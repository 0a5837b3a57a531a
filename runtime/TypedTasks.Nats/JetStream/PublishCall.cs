using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using TypedTasks.Engine;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>A task on its way into a stream: pooled, with its frame kept until the server's answer. The steady state allocates nothing.</summary>
/// <remarks>It is its own work item: a continuation that is no async method would cost one on its way to the thread pool.</remarks>
internal sealed class PublishCall(PublishCallPool pool) : PendingCall, IValueTaskSource<PublishStatus>, IThreadPoolWorkItem
{
    private readonly Lock _sync = new();
    private ManualResetValueTaskSourceCore<PublishStatus> _core;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellationToken;
    private PubAck _ack;
    private IdCheck? _check;
    private Exception? _refusal;
    private bool _isKnown;
    private bool _isCancelled;

    /// <summary>Where it belongs.</summary>
    public PublishCallPool Pool => pool;

    /// <summary>The task.</summary>
    public TaskId Id { get; set; }

    /// <summary>The queue that it is for, to be named when that is full.</summary>
    public string Queue { get; set; } = "";

    /// <summary>Whether the task goes where those are whose id was made for their publishing.</summary>
    public bool IsFresh { get; set; }

    /// <summary>Whether the task may wait for room in a full stream; otherwise that is an answer.</summary>
    public bool MayWait { get; set; }

    /// <summary>Whether the last answer was that the stream is full.</summary>
    public bool WasFull { get; private set; }

    /// <summary>The last answer that was not the end.</summary>
    public string? LastError { get; private set; }

    private bool IsDuplicate { get; set; }

    /// <summary>Sends the frame.</summary>
    public ValueTask<PublishStatus> Send(CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        short version = _core.Version;
        pool.Connection.Send(this);
        Register();
        return new ValueTask<PublishStatus>(this, version);
    }

    /// <summary>Sends the frame when the engine was asked whether it has had the id, and has not.</summary>
    public ValueTask<PublishStatus> SendUnlessKnown(NatsEngine engine, LaneNames lane, CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        short version = _core.Version;
        _check ??= new IdCheck(this, engine);
        Register();
        _check.Start(lane, Id);
        if (_isCancelled)
        {
            // Before it was asked there was nothing to give up.
            _check.GiveUp();
        }

        return new ValueTask<PublishStatus>(this, version);
    }

    /// <summary>The check has come to its end. On a reader's thread, where none of the caller's code may run.</summary>
    public void Checked()
    {
        try
        {
            _isKnown = _check!.IsKnown();
        }
        catch (TaskEngineException error)
        {
            _refusal = _check!.NotSent(Id, error);
        }

        // Who gives up does so either before it is sent, or when there is something to give up.
        lock (_sync)
        {
            if (_isCancelled)
            {
                _refusal = new OperationCanceledException(_cancellationToken);
            }
            else if (!_isKnown && _refusal is null)
            {
                pool.Connection.Send(this);
                return;
            }
        }

        OnCompleted();
    }

    /// <inheritdoc/>
    protected internal override CallVerdict OnReply(in NatsFrame frame)
    {
        if (frame.Payload.IsEmpty)
        {
            // "No responders": JetStream is not up yet, or the stream does not exist.
            LastError = "JetStream does not answer: it is starting, or the queue's stream was deleted";
            return CallVerdict.TryAgain;
        }

        _ack = PubAck.Parse(frame.Payload);
        if (_ack.ErrorCode == 0)
        {
            // A frame that was sent twice and found itself is no duplicate.
            IsDuplicate = _ack.IsDuplicate && Sends == 1;
            if (IsFresh)
            {
                pool.Fresh.OnAccepted(Id, _ack.Sequence);
            }

            return CallVerdict.Completed;
        }

        return OnError(frame.Payload);
    }

    /// <inheritdoc/>
    protected internal override void OnCompleted() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);

    void IThreadPoolWorkItem.Execute()
    {
        if (IsFresh && Failure != CallFailure.None)
        {
            pool.Fresh.OnUnconfirmed(Id);
        }

        if (_refusal is not null)
        {
            _core.SetException(_refusal);
        }
        else if (_isKnown)
        {
            _core.SetResult(PublishStatus.Duplicate);
        }
        else if (Failure == CallFailure.None && _ack is { IsValid: true, ErrorCode: 0 })
        {
            _core.SetResult(IsDuplicate ? PublishStatus.Duplicate : PublishStatus.Accepted);
        }
        else if (Failure == CallFailure.Cancelled)
        {
            _core.SetException(new OperationCanceledException(_cancellationToken));
        }
        else if (Failure == CallFailure.None)
        {
            _core.SetException(OfAnswer());
        }
        else
        {
            _core.SetException(Failures.OfPublish(this, pool.Connection, pool.Options));
        }
    }

    PublishStatus IValueTaskSource<PublishStatus>.GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _registration.Dispose();
            _registration = default;
            pool.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<PublishStatus>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<PublishStatus>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private CallVerdict OnError(ReadOnlySpan<byte> json)
    {
        if (_ack.ErrorCode == ErrorCodes.WrongLastSequence)
        {
            // The subject, which holds the id, is not empty: the task is in the queue already.
            IsDuplicate = Sends == 1;
            _ack = PubAck.Parse("{\"seq\":1}"u8);
            return CallVerdict.Completed;
        }

        string description = PubAck.Description(json);
        LastError = description.Length == 0 ? $"JetStream error {_ack.ErrorCode}" : description;
        WasFull = (_ack.ErrorCode == ErrorCodes.StoreFailed && description.Contains("maximum", StringComparison.Ordinal)) || ErrorCodes.IsPressure(_ack.ErrorCode);
        if (WasFull)
        {
            pool.OnFull();
        }

        bool tryAgain = WasFull ? MayWait : ErrorCodes.IsTransient(_ack.ErrorCode) || _ack.ErrorCode is ErrorCodes.StoreFailed or ErrorCodes.SubjectBusy;
        return tryAgain ? CallVerdict.TryAgain : CallVerdict.Completed;
    }

    private TaskException OfAnswer() => !_ack.IsValid
        ? new TaskUnconfirmedException(Id, $"The task {Id} may have been accepted: the server's answer cannot be read. Is another subscriber answering on the engine's subjects?")
        : new TaskRejectedException(Id, WasFull ? TaskRejection.Full : _ack.ErrorCode is ErrorCodes.TooLarge or ErrorCodes.HeadersTooLarge ? TaskRejection.TooLarge : TaskRejection.Refused,
            $"The task {Id} was not accepted: {LastError} (JetStream error {_ack.ErrorCode}).");

    private void Begin(CancellationToken cancellationToken)
    {
        _core.Reset();
        WasFull = IsDuplicate = _isKnown = _isCancelled = false;
        LastError = null;
        _refusal = null;
        _cancellationToken = cancellationToken;
    }

    private void Register()
    {
        if (_cancellationToken.CanBeCanceled)
        {
            _registration = _cancellationToken.UnsafeRegister(static self => ((PublishCall)self!).Cancel(), this);
        }
    }

    private void Cancel()
    {
        lock (_sync)
        {
            _isCancelled = true;
        }

        _check?.GiveUp();
        pool.Connection.GiveUp(this, CallFailure.Cancelled);
    }
}

/// <summary>Publish calls at rest; a bounded number.</summary>
internal sealed class PublishCallPool(NatsConnection connection, NatsEngineOptions options, TimeProvider time, FreshTasks fresh, Action onFull)
{
    private const int Kept = 4096;

    // Every thread has the call at hand that it used last: the lock is for the others.
    [ThreadStatic]
    private static PublishCall? Spare;

    private readonly Lock _gate = new();
    private readonly Stack<PublishCall> _calls = new();
    private readonly TimeSpan _timeout = options.PublishTimeout;

    public NatsConnection Connection => connection;

    public NatsEngineOptions Options => options;

    public FreshTasks Fresh => fresh;

    public Action OnFull => onFull;

    /// <summary>A call whose deadline starts now.</summary>
    public PublishCall Rent(TaskId id, string queue)
    {
        PublishCall? call = Spare;
        if (call is not null && call.Pool == this)
        {
            Spare = null;
        }
        else
        {
            lock (_gate)
            {
                _calls.TryPop(out call);
            }

            call ??= new PublishCall(this);
        }

        call.Id = id;
        call.Queue = queue;
        call.Deadline = time.GetTimestamp() + (long)(_timeout.TotalSeconds * time.TimestampFrequency);
        return call;
    }

    /// <summary>Takes a call back.</summary>
    public void Return(PublishCall call)
    {
        if (Spare is null)
        {
            Spare = call;
            return;
        }

        lock (_gate)
        {
            if (_calls.Count < Kept)
            {
                _calls.Push(call);
            }
        }
    }
}
