using System.Text;
using Microsoft.Extensions.Logging;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Connection;

/// <summary>
/// The connection that listens. It is opened with the first subscription, replaced when it breaks, and subscribes again; what was published
/// meanwhile is lost, which everybody who listens knows.
/// </summary>
/// <remarks>Listeners are called in order on the thread pool, never on the thread that reads the socket.</remarks>
internal sealed class RedisSubscriber(IPrimarySource source, RedisEngineOptions options, ILogger logger) : IThreadPoolWorkItem, IAsyncDisposable
{
    private const int MaxBacklog = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<Channel, ChannelState> _channels = [];
    private readonly Queue<(ChannelState Channel, byte[] Message)> _backlog = new();
    private readonly CancellationTokenSource _stopping = new();
    private RespConnection? _connection;
    private Timer? _watch;
    private bool _connecting;
    private bool _delivering;

    /// <summary>Listens until the subscription is disposed; confirmed by the server when this returns.</summary>
    internal async Task<IAsyncDisposable> SubscribeAsync(byte[] channel, Action<ReadOnlyMemory<byte>> onMessage, CancellationToken cancellationToken)
    {
        var key = new Channel(channel);
        ChannelState? state;
        Subscription subscription;
        lock (_gate)
        {
            if (_stopping.IsCancellationRequested)
            {
                throw new TaskEngineException("The Redis engine is stopped.");
            }

            if (!_channels.TryGetValue(key, out state))
            {
                state = new ChannelState(key);
                _channels.Add(key, state);
                _connection?.TryWrite(new RedisSubscription("SUBSCRIBE"u8, channel));
            }

            subscription = new Subscription(this, state, onMessage);
            state.Listeners = [.. state.Listeners, subscription];
            ConnectIfNeeded();
        }

        try
        {
            await state.Confirmed.WaitAsync(options.CommandTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
            if (exception is TimeoutException)
            {
                throw new TaskEngineException("Redis did not confirm a subscription in time.", exception);
            }

            throw;
        }

        return subscription;
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopping.Cancel();
            _watch?.Dispose();
            _connection?.Abort(new RedisConnectionException("The Redis engine is stopped."));
            foreach (ChannelState state in _channels.Values)
            {
                state.Fail(new TaskEngineException("The Redis engine is stopped."));
            }

            _channels.Clear();
        }

        return ValueTask.CompletedTask;
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            (ChannelState Channel, byte[] Message) next;
            lock (_gate)
            {
                if (!_backlog.TryDequeue(out next))
                {
                    _delivering = false;
                    return;
                }
            }

            foreach (Subscription listener in next.Channel.Listeners)
            {
                try
                {
                    listener.Hear(next.Message);
                }
#pragma warning disable CA1031 // A listener's mistake is its own: the others must not suffer from it.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    RedisLog.ListenerFailed(logger, next.Channel.Channel.ToString(), exception.Message);
                }
            }
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            ChannelState state = subscription.State;
            state.Listeners = [.. state.Listeners.Where(other => other != subscription)];
            if (state.Listeners.Length == 0 && _channels.TryGetValue(state.Channel, out ChannelState? current) && current == state)
            {
                _channels.Remove(state.Channel);
                _connection?.TryWrite(new RedisSubscription("UNSUBSCRIBE"u8, state.Channel.Bytes));
            }
        }
    }

    private void ConnectIfNeeded()
    {
        if (_connection is null && !_connecting && !_stopping.IsCancellationRequested)
        {
            _connecting = true;
            _ = ConnectAsync();
        }
    }

    private async Task ConnectAsync()
    {
        for (int failures = 0; !_stopping.IsCancellationRequested; failures++)
        {
            try
            {
                await Task.Delay(Backoff.Next(failures, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2), Random.Shared), _stopping.Token).ConfigureAwait(false);
                RespConnection connection = await source.ConnectAsync(ConnectionPurpose.Subscribing, new ConnectionListener(OnFrame, OnClosed), _stopping.Token).ConfigureAwait(false);
                lock (_gate)
                {
                    _connecting = false;
                    if (_stopping.IsCancellationRequested)
                    {
                        // Made just as the engine ended: nobody else would close it.
                        connection.Abort(new RedisConnectionException("The Redis engine is stopped."));
                        return;
                    }

                    _connection = connection;
                    _watch ??= new Timer(static subscriber => ((RedisSubscriber)subscriber!).Watch(), this, options.KeepAlive / 2, options.KeepAlive / 2);
                    foreach (Channel channel in _channels.Keys)
                    {
                        connection.TryWrite(new RedisSubscription("SUBSCRIBE"u8, channel.Bytes));
                    }
                }

                connection.Start();
                return;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is RedisConnectionException or RedisRefusedException)
            {
                RedisLog.CannotReconnect(logger, failures + 1, exception.Message);
            }
        }
    }

    private void OnClosed(RespConnection connection, Exception cause)
    {
        lock (_gate)
        {
            if (_connection == connection)
            {
                _connection = null;
                ConnectIfNeeded();
            }
        }
    }

    private void Watch()
    {
        RespConnection? connection;
        lock (_gate)
        {
            connection = _connection;
        }

        if (connection?.HasBeenSilent(options.KeepAlive + options.CommandTimeout) == true)
        {
            connection.Abort(new RedisConnectionException("The connection that listens is silent: it is half-open."));
        }
        else if (connection?.HasBeenSilent(options.KeepAlive / 2) == true)
        {
            connection.TryWrite(new RedisCall("PING"));
        }
    }

    /// <summary>Takes a push, or in RESP2 the array that stands for one. On the thread that reads.</summary>
    private void OnFrame(RespValue frame)
    {
        if (frame.IsError)
        {
            RedisLog.ServerWarning(logger, "the listening connection", frame.Error.Message + ". Give the user the channels of the ACL example.");
            return;
        }

        if (frame.Items.Length < 3)
        {
            return;
        }

        var key = new Channel(frame[1].Bytes);
        lock (_gate)
        {
            if (!_channels.TryGetValue(key, out ChannelState? state))
            {
                return;
            }

            if (frame[0].Bytes.AsSpan().SequenceEqual("subscribe"u8))
            {
                state.Confirm();
            }
            else if (frame[0].Bytes.AsSpan().SequenceEqual("message"u8) && _backlog.Count < MaxBacklog)
            {
                _backlog.Enqueue((state, frame[2].Bytes));
                if (!_delivering)
                {
                    _delivering = true;
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                }
            }
        }
    }

    /// <summary>A channel's name, which may be any bytes.</summary>
    private readonly record struct Channel(byte[] Bytes)
    {
        public bool Equals(Channel other) => Bytes.AsSpan().SequenceEqual(other.Bytes);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.AddBytes(Bytes);
            return hash.ToHashCode();
        }

        public override string ToString() => Encoding.UTF8.GetString(Bytes);
    }

    private sealed class ChannelState(Channel channel)
    {
        private readonly TaskCompletionSource _confirmed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Channel Channel => channel;

        internal Task Confirmed => _confirmed.Task;

        internal Subscription[] Listeners { get; set; } = [];

        internal void Confirm() => _confirmed.TrySetResult();

        internal void Fail(Exception cause) => _confirmed.TrySetException(cause);
    }

    private sealed class Subscription(RedisSubscriber subscriber, ChannelState state, Action<ReadOnlyMemory<byte>> onMessage) : IAsyncDisposable
    {
        private volatile bool _disposed;

        internal ChannelState State => state;

        internal void Hear(byte[] message)
        {
            if (!_disposed)
            {
                onMessage(message);
            }
        }

        public ValueTask DisposeAsync()
        {
            if (!_disposed)
            {
                _disposed = true;
                subscriber.Remove(this);
            }

            return default;
        }
    }

    /// <summary><c>SUBSCRIBE</c> and <c>UNSUBSCRIBE</c>, which no reply answers: their confirmations are pushes.</summary>
    private sealed class RedisSubscription : RespCommand
    {
        internal RedisSubscription(ReadOnlySpan<byte> verb, byte[] channel)
        {
            Request.WriteCommand(2);
            Request.WriteBulk(verb);
            Request.WriteBulk(channel);
        }

        internal override void OnReply(ref RespReader reply)
        {
        }

        internal override void OnLost(Exception cause, bool sent)
        {
        }
    }
}
