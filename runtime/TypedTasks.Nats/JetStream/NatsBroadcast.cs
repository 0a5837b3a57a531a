using System.Collections.Concurrent;
using TypedTasks.Engine;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>Broadcasts by plain subjects: kept nowhere, heard by whoever listens now.</summary>
internal sealed class NatsBroadcast(NatsEngine engine) : IBroadcast
{
    public ValueTask PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        engine.ThrowIfNotRunning();
        Send(channel, message.Span);
        return default;
    }

    public ValueTask<IAsyncDisposable> SubscribeAsync(string channel, Action<ReadOnlyMemory<byte>> onMessage, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        engine.ThrowIfNotRunning();
        return ListenAsync(channel, onMessage);
    }

    /// <summary>Sends without looking whether the engine runs.</summary>
    public void Send(string channel, ReadOnlySpan<byte> message)
    {
        var frame = new OutgoingFrame();
        frame.Begin();
        frame.AppendText(SubjectOf(channel));
        frame.BeginPayloadWithoutHeaders(0);
        frame.Append(message);
        frame.End();
        engine.WorkConnection.TrySendOnce(frame);
    }

    /// <summary>Listens; returns when the server knows of it.</summary>
    public async ValueTask<IAsyncDisposable> ListenAsync(string channel, Action<ReadOnlyMemory<byte>> onMessage)
    {
        var listener = new Listener(engine.WorkConnection, engine.Logger, SubjectOf(channel), onMessage);
        engine.WorkConnection.Subscribe(listener);
        try
        {
            // The answer to a request that was sent later proves that the subscription was seen.
            await engine.WorkApi.RequestAsync("INFO", null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TaskEngineException or ApiException)
        {
            // It is subscribed with the next connection.
        }

        return listener;
    }

    // Dots separate tokens, which is what channels use them for.
    private string SubjectOf(string channel) => engine.Names.Broadcasts + string.Join('.', channel.Split('.').Select(SubjectToken.Escape));

    /// <summary>A listener. Messages are copied and handed over in order on the pool: no callback runs on the thread that reads the socket.</summary>
    private sealed class Listener(NatsConnection connection, Microsoft.Extensions.Logging.ILogger logger, string subject, Action<ReadOnlyMemory<byte>> onMessage) : NatsSubscription, IAsyncDisposable, IThreadPoolWorkItem
    {
        private const int MaxWaiting = 4096;
        private readonly ConcurrentQueue<byte[]> _messages = new();
        private int _isRunning;
        private volatile bool _isDisposed;

        protected internal override string SubjectFor(string inbox) => subject;

        protected internal override void OnMessage(in NatsFrame frame)
        {
            // Best effort: a listener that is too slow loses messages rather than memory.
            if (_messages.Count >= MaxWaiting)
            {
                return;
            }

            _messages.Enqueue(frame.Payload.ToArray());
            if (Interlocked.Exchange(ref _isRunning, 1) == 0)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }

        void IThreadPoolWorkItem.Execute()
        {
            do
            {
                while (_messages.TryDequeue(out byte[]? message))
                {
                    Hand(message);
                }

                Volatile.Write(ref _isRunning, 0);
            }
            while (!_messages.IsEmpty && Interlocked.Exchange(ref _isRunning, 1) == 0);
        }

        // A listener that throws breaks its promise, and harms only itself.
        private void Hand(byte[] message)
        {
            if (_isDisposed)
            {
                return;
            }

            try
            {
                onMessage(message);
            }
            catch (Exception error)
            {
                EngineLog.ListenerFailed(logger, subject, error);
            }
        }

        public ValueTask DisposeAsync()
        {
            _isDisposed = true;
            connection.Unsubscribe(this);
            return default;
        }
    }
}
