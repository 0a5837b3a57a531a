using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.Connection;

/// <summary>
/// One lasting connection to a cluster: it survives servers and networks, and whoever calls does not see which socket is in use.
/// A loop connects, reads and connects again (<c>Lifetime</c>); a writer sends what callers appended (<c>Output</c>); calls wait for their
/// answers in a table (<c>Calls</c>); a sweep ends those that wait too long (<c>Sweep</c>).
/// </summary>
/// <remarks>All members are safe from any thread. The gate guards the output, the table's free list and the connected state; it is held for copies only, never over I/O or user code.</remarks>
internal sealed partial class NatsConnection : IAsyncDisposable
{
    private const int RepliesSid = 1;

    private readonly ConnectionSettings _settings;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<int, NatsSubscription> _subscriptions = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly string _inboxStem;
    private byte[] _inbox;
    private int _lastSid = RepliesSid;
    private bool _isConnected;
    private uint _epoch;

    /// <summary>Makes a connection that is not connected yet.</summary>
    public NatsConnection(ConnectionSettings settings, ILogger logger)
    {
        _settings = settings;
        _logger = logger;
        _time = settings.Time;
        _table = new CallTable(settings.MaxCalls);
        _inboxStem = $"{settings.InboxPrefix}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}.";
        _inbox = Encoding.ASCII.GetBytes(InboxOf(0));
        _sweep = _time.CreateTimer(static self => ((NatsConnection)self!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What the server in use says of itself. Known once connected.</summary>
    public ServerInfo Info { get; private set; } = new();

    /// <summary>Whether there is a connection now.</summary>
    public bool IsConnected => Volatile.Read(ref _isConnected);

    /// <summary>Why the connection ended for good, or null.</summary>
    public Exception? Fatal { get; private set; }

    /// <summary>Why the last connection or attempt failed, for messages; null when none did.</summary>
    public string? LastProblem { get; private set; }

    /// <summary>The length of every reply subject of this connection, whatever its epoch.</summary>
    public int ReplyLength => _inbox.Length + CallTable.TokenLength;

    /// <summary>The inbox of the connection in use, ending in a dot.</summary>
    public string Inbox => InboxOf(Volatile.Read(ref _epoch));

    /// <summary>Called after each connection was made; the argument says whether the server is another one, or was restarted.</summary>
    public event Action<bool>? Connected;

    /// <summary>Listens, now and on every later connection.</summary>
    public void Subscribe(NatsSubscription subscription)
    {
        bool subscribed;
        lock (_gate)
        {
            subscription.Sid = ++_lastSid;
            _subscriptions[subscription.Sid] = subscription;
            subscribed = _isConnected;
            if (subscribed)
            {
                AppendSubscribe(subscription);
            }
        }

        if (subscribed)
        {
            WakeWriter();
            subscription.OnSubscribed();
        }
    }

    /// <summary>Stops listening.</summary>
    public void Unsubscribe(NatsSubscription subscription)
    {
        if (_subscriptions.TryRemove(subscription.Sid, out _))
        {
            BeginUnsubscribe(subscription);
        }
    }

    /// <summary>Tells the server to send nothing more; what it sent before still arrives, until <see cref="Unsubscribe"/>.</summary>
    public void BeginUnsubscribe(NatsSubscription subscription)
    {
        lock (_gate)
        {
            if (_isConnected)
            {
                AppendText($"UNSUB {subscription.Sid}\r\n");
            }
        }

        WakeWriter();
    }

    /// <summary>
    /// Subscribes again under its present subject: what the server still holds for the old one is not delivered any more. What it sent before
    /// still arrives under the old number, which is returned, until <see cref="Forget"/>.
    /// </summary>
    public int Resubscribe(NatsSubscription subscription)
    {
        int old;
        lock (_gate)
        {
            old = subscription.Sid;
            subscription.Sid = ++_lastSid;
            _subscriptions[subscription.Sid] = subscription;
            if (_isConnected)
            {
                AppendText($"UNSUB {old}\r\n");
                AppendSubscribe(subscription);
            }
        }

        WakeWriter();
        return old;
    }

    /// <summary>Forgets a number that a subscription had.</summary>
    public void Forget(int sid) => _subscriptions.TryRemove(sid, out _);

    /// <summary>Sends a frame that wants no answer. Returns false when there is no connection, or too much waits to be sent.</summary>
    public bool TrySendOnce(OutgoingFrame frame)
    {
        lock (_gate)
        {
            if (!_isConnected || _front.Length > _settings.MaxCallBytes)
            {
                return false;
            }

            _front.Append(frame.Written);
        }

        WakeWriter();
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _sweep.DisposeAsync().ConfigureAwait(false);
        CloseStream();
        if (_loop is not null)
        {
            await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        FailEverything(CallFailure.Closed);
    }

    private string InboxOf(uint epoch) => $"{_inboxStem}{epoch:x8}.";

    private void AppendSubscribe(NatsSubscription subscription) =>
        AppendText($"SUB {subscription.SubjectFor(InboxOf(_epoch))} {subscription.Sid}\r\n");

    private void AppendText(string line) => _front.Append(Encoding.ASCII.GetBytes(line));
}
