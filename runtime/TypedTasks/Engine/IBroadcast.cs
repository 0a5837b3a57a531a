namespace TypedTasks.Engine;

/// <summary>Messages to every process that listens, best effort: one may be lost, so whatever matters is also in the state store.</summary>
public interface IBroadcast
{
    /// <summary>Sends a message to all who listen to <paramref name="channel"/> (letters, digits, <c>-</c>, <c>_</c>, <c>.</c>).</summary>
    ValueTask PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>
    /// Listens to a channel until the returned subscription is disposed. <paramref name="onMessage"/> must be quick and not throw; the memory is valid during the call only.
    /// </summary>
    ValueTask<IAsyncDisposable> SubscribeAsync(string channel, Action<ReadOnlyMemory<byte>> onMessage, CancellationToken cancellationToken);
}
