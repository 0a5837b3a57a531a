using TypedTasks.Engine;

namespace TypedTasks.Embedded;

/// <summary>Messages to those who listen, handed over on the publisher's thread and outside of any lock. A listener that throws harms nobody.</summary>
internal sealed class EmbeddedBroadcast : IBroadcast
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Subscription[]> _channels = new(StringComparer.Ordinal);
    private volatile bool _stopped;

    public ValueTask PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        CheckChannel(channel);
        cancellationToken.ThrowIfCancellationRequested();
        Subscription[]? subscriptions;
        lock (_gate)
        {
            ThrowIfStopped();
            _channels.TryGetValue(channel, out subscriptions);
        }

        foreach (Subscription subscription in subscriptions ?? [])
        {
            subscription.Hear(message);
        }

        return default;
    }

    public ValueTask<IAsyncDisposable> SubscribeAsync(string channel, Action<ReadOnlyMemory<byte>> onMessage, CancellationToken cancellationToken)
    {
        CheckChannel(channel);
        ArgumentNullException.ThrowIfNull(onMessage);
        cancellationToken.ThrowIfCancellationRequested();
        Subscription subscription = new(this, channel, onMessage);
        lock (_gate)
        {
            ThrowIfStopped();
            _channels[channel] = [.. _channels.GetValueOrDefault(channel, []), subscription];
        }

        return new ValueTask<IAsyncDisposable>(subscription);
    }

    internal void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _channels.Clear();
        }
    }

    private static void CheckChannel(string channel)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        foreach (char character in channel)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.'))
            {
                throw new ArgumentException($"The channel '{channel}' has other characters than letters, digits, '-', '_' and '.'.", nameof(channel));
            }
        }
    }

    private void ThrowIfStopped()
    {
        if (_stopped)
        {
            throw EmbeddedEngine.StoppedFailure();
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            if (_channels.TryGetValue(subscription.Channel, out Subscription[]? all))
            {
                Subscription[] others = [.. all.Where(one => one != subscription)];
                if (others.Length == 0)
                {
                    _channels.Remove(subscription.Channel);
                }
                else
                {
                    _channels[subscription.Channel] = others;
                }
            }
        }
    }

    private sealed class Subscription(EmbeddedBroadcast broadcast, string channel, Action<ReadOnlyMemory<byte>> onMessage) : IAsyncDisposable
    {
        private volatile bool _disposed;

        public string Channel => channel;

        public void Hear(ReadOnlyMemory<byte> message)
        {
            if (_disposed)
            {
                return;
            }

            try
            {
                onMessage(message);
            }
#pragma warning disable CA1031 // A listener's mistake is its own: the others, and the publisher, must not suffer from it.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }

        public ValueTask DisposeAsync()
        {
            _disposed = true;
            broadcast.Remove(this);
            return default;
        }
    }
}
