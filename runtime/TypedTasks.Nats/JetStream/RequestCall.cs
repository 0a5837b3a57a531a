using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>A request whose whole answer is wanted: the JetStream API, reads and writes of records. Not for the hot path, but cheap enough to use often.</summary>
internal class RequestCall : PendingCall, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private byte[] _answer = [];
    private int _headerLength;
    private int _length;
    private NatsConnection? _connection;

    /// <summary>Whether "no responders" is an answer, rather than a server that is still starting.</summary>
    public bool AcceptsNoResponders { get; init; }

    /// <summary>Whether a second sending could do harm: then the first is all there is.</summary>
    public bool IsSentOnce { get; init; }

    /// <inheritdoc/>
    public override bool MayResend => !IsSentOnce;

    /// <summary>The inline status of the answer.</summary>
    public int Status { get; private set; }

    /// <summary>The answer's headers.</summary>
    public ReadOnlySpan<byte> Headers => _answer.AsSpan(0, _headerLength);

    /// <summary>The answer's payload.</summary>
    public ReadOnlyMemory<byte> Payload => _answer.AsMemory(_headerLength, _length - _headerLength);

    /// <summary>Whether the last answer was "not now".</summary>
    public bool WasUnavailable { get; private set; }

    /// <summary>Sends the frame and waits for the answer, or for <see cref="PendingCall.Failure"/>.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(NatsConnection connection, CancellationToken cancellationToken)
    {
        _core.Reset();
        Send(connection);
        using (cancellationToken.UnsafeRegister(static state => ((RequestCall)state!).GiveUp(), this))
        {
            await new ValueTask(this, _core.Version).ConfigureAwait(false);
        }

        if (Failure == CallFailure.Cancelled)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Sends the frame. What is woken by the answer is whatever <see cref="OnCompleted"/> wakes.</summary>
    public void Send(NatsConnection connection)
    {
        Status = 0;
        WasUnavailable = false;
        _length = _headerLength = 0;
        _connection = connection;
        connection.Send(this);
    }

    /// <inheritdoc/>
    protected internal sealed override CallVerdict OnReply(in NatsFrame frame)
    {
        Status = frame.Headers.IsEmpty ? 0 : new NatsHeaders(frame.Headers).Status;
        if (Status == 503 && !AcceptsNoResponders)
        {
            WasUnavailable = true;
            return CallVerdict.TryAgain;
        }

        _headerLength = frame.Headers.Length;
        _length = frame.Headers.Length + frame.Payload.Length;
        if (_answer.Length < _length)
        {
            _answer = new byte[_length];
        }

        frame.Headers.CopyTo(_answer);
        frame.Payload.CopyTo(_answer.AsSpan(_headerLength));
        return CallVerdict.Completed;
    }

    /// <inheritdoc/>
    protected internal override void OnCompleted() => _core.SetResult(true);

    private void GiveUp() => _connection!.GiveUp(this, CallFailure.Cancelled);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
