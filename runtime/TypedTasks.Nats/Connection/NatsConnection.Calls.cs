using System.Text;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.Connection;

// Calls: sent, answered, waiting for room, given up.
internal sealed partial class NatsConnection
{
    private readonly CallTable _table;
    private readonly Queue<WaitingCall> _waiting = new();
    private readonly List<int> _returned = [];
    private long _callBytes;
    private long _returnedBytes;
    private long _waitingBytes;

    /// <summary>
    /// Sends a call's frame, at once or when there is room and a connection, and again on later connections, until it is answered or its deadline passes.
    /// The number and the bytes of calls under way are bounded; further ones wait in order, and those that exceed the same bound once more fail at once.
    /// </summary>
    public void Send(PendingCall call)
    {
        bool isAccepted;
        bool writerSleeps;
        lock (_gate)
        {
            call.Sends = 0;
            call.Failure = CallFailure.None;
            call.Ticket++;
            call.IsActive = true;
            isAccepted = TryAccept(call);
            WakeSweep();
            writerSleeps = _writerSleeps && _front.Length > 0;
            _writerSleeps &= !writerSleeps;
        }

        if (writerSleeps)
        {
            _wake.Set();
        }

        if (!isAccepted)
        {
            GiveUp(call, _closing.IsCancellationRequested || Fatal is not null ? CallFailure.Closed : CallFailure.Overloaded);
        }
    }

    /// <summary>Ends a call that is not completed yet. Safe at any time, from any thread.</summary>
    /// <param name="call">The call.</param>
    /// <param name="failure">Why.</param>
    /// <param name="now">Where only the time ends it: the time, for the call may have been answered and sent again meanwhile, with another deadline.</param>
    /// <param name="ticket">Where only one sending of it is meant: which, for the same reason.</param>
    public void GiveUp(PendingCall call, CallFailure failure, long? now = null, uint? ticket = null)
    {
        int index = -1;
        lock (call)
        {
            if (!call.IsActive || now < call.Deadline || (ticket ?? call.Ticket) != call.Ticket)
            {
                return;
            }

            call.IsActive = false;
            call.Failure = failure;
            if (call.Index >= 0)
            {
                _table.Renew(call);
                index = _table.Remove(call);
            }
        }

        if (index >= 0)
        {
            lock (_gate)
            {
                _table.Return(index);
                _callBytes -= call.Frame.Length;
                StartWaiting();
            }

            WakeWriter();
        }

        call.OnCompleted();
    }

    private bool TryAccept(PendingCall call)
    {
        if (_closing.IsCancellationRequested || Fatal is not null)
        {
            return false;
        }

        if (_waiting.Count == 0 && HasRoom(call))
        {
            Start(call);
            return true;
        }

        if (_waitingBytes + call.Frame.Length > _settings.MaxCallBytes)
        {
            return false;
        }

        _waitingBytes += call.Frame.Length;
        _waiting.Enqueue(new WaitingCall(call, call.Ticket, call.Frame.Length));
        return true;
    }

    private bool HasRoom(PendingCall call) =>
        !_table.IsFull && (_callBytes == 0 || _callBytes + call.Frame.Length <= _settings.MaxCallBytes);

    // Under the gate.
    private void Start(PendingCall call)
    {
        lock (call)
        {
            if (!call.IsActive)
            {
                return;
            }

            _callBytes += call.Frame.Length;
            _table.Add(call);
            call.ResendAt = long.MaxValue;
            if (_isConnected)
            {
                Append(call);
            }
        }
    }

    // Under the gate and the call's lock.
    private void Append(PendingCall call)
    {
        Span<byte> reply = call.Frame.Reply;
        _inbox.CopyTo(reply);
        CallTable.WriteToken(call, reply[_inbox.Length..]);
        _front.Append(call.Frame.Written);
        call.Sends++;
        call.ResendAt = call.MayResend ? After(_settings.ReplyPatience) : long.MaxValue;
    }

    // Under the gate.
    private void StartWaiting()
    {
        while (_waiting.TryPeek(out WaitingCall next) && (next.IsOver || HasRoom(next.Call)))
        {
            _waiting.Dequeue();
            _waitingBytes -= next.Length;
            if (!next.IsOver)
            {
                Start(next.Call);
            }
        }
    }

    // On the reader's thread.
    private void OnReply(in NatsFrame frame)
    {
        PendingCall? call = _table.Find(frame.Subject, out uint generation);
        if (call is null)
        {
            return;
        }

        lock (call)
        {
            if (!call.IsActive || call.Index < 0 || call.Generation != generation)
            {
                return;
            }

            if (call.OnReply(frame) == CallVerdict.TryAgain)
            {
                call.ResendAt = After(_settings.RetryPause);
                return;
            }

            call.IsActive = false;
            _returned.Add(_table.Remove(call));
            _returnedBytes += call.Frame.Length;
        }

        call.OnCompleted();
    }

    // On the reader's thread, once for all answers of a receive.
    private void ReturnAnswered()
    {
        if (_returned.Count == 0)
        {
            return;
        }

        bool started;
        lock (_gate)
        {
            foreach (int index in _returned)
            {
                _table.Return(index);
            }

            _callBytes -= _returnedBytes;
            started = _waiting.Count > 0;
            StartWaiting();
        }

        _returned.Clear();
        _returnedBytes = 0;
        if (started)
        {
            WakeWriter();
        }
    }

    // A new connection: everything that waits for an answer is sent again, under the new inbox. Under the gate.
    private void ResendAll(List<PendingCall> lost)
    {
        for (int i = 0; i < _table.HighWater; i++)
        {
            if (_table[i] is not { } call)
            {
                continue;
            }

            lock (call)
            {
                if (!call.IsActive || call.Index != i)
                {
                    continue;
                }

                if (call.MaySend && (call.Sends == 0 || call.MayResend))
                {
                    Append(call);
                }
                else
                {
                    lost.Add(call);
                }
            }
        }
    }

    private void FailEverything(CallFailure failure)
    {
        for (int i = 0; i < _table.HighWater; i++)
        {
            if (_table[i] is { } call)
            {
                GiveUp(call, failure);
            }
        }

        while (true)
        {
            WaitingCall waiting;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out waiting))
                {
                    return;
                }

                _waitingBytes -= waiting.Length;
            }

            GiveUp(waiting.Call, failure);
        }
    }

    private void FailDenied(string subject)
    {
        byte[] denied = Encoding.UTF8.GetBytes(subject);
        for (int i = 0; i < _table.HighWater; i++)
        {
            if (_table[i] is { } call && call.Frame.Subject.SequenceEqual(denied))
            {
                GiveUp(call, CallFailure.Denied);
            }
        }
    }

    private long After(TimeSpan delay) => _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency);

    /// <summary>A place in the queue of calls that wait for room. One that was given up keeps its place until its turn, and may be sent again meanwhile, with another frame and another place.</summary>
    private readonly record struct WaitingCall(PendingCall Call, uint Ticket, int Length)
    {
        public bool IsOver => !Call.IsActive || Call.Ticket != Ticket;
    }
}
