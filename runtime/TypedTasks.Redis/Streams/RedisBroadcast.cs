using System.Text;
using TypedTasks.Engine;
using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Streams;

/// <summary>Broadcasts by <c>PUBLISH</c>, which a cluster hands on to all its nodes.</summary>
internal sealed class RedisBroadcast(RedisEngine engine) : IBroadcast
{
    public async ValueTask PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        byte[] name = NameOf(channel);
        cancellationToken.ThrowIfCancellationRequested();
        var call = new RedisCall { Router = engine.Router };
        call.Request.WriteCommand(3);
        call.Request.WriteBulk("PUBLISH"u8);
        call.Request.WriteBulk(name);
        call.Request.WriteBulk(message.Span);
        await engine.AskAsync(call, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IAsyncDisposable> SubscribeAsync(string channel, Action<ReadOnlyMemory<byte>> onMessage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(onMessage);
        byte[] name = NameOf(channel);
        cancellationToken.ThrowIfCancellationRequested();
        engine.ThrowIfStopped();
        return await engine.Subscriber.SubscribeAsync(name, onMessage, cancellationToken).ConfigureAwait(false);
    }

    private byte[] NameOf(string channel)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        foreach (char character in channel)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.'))
            {
                throw new ArgumentException($"The channel '{channel}' has other characters than letters, digits, '-', '_' and '.'.", nameof(channel));
            }
        }

        return Encoding.UTF8.GetBytes($"{engine.Options.KeyPrefix}:say:{channel}");
    }
}
