// Work handed to a background service by a channel in memory.
using System.Threading.Channels;

public sealed record ImageWork(Guid Image, string Size);

public sealed class ImageQueue
{
    private readonly Channel<ImageWork> _channel = Channel.CreateUnbounded<ImageWork>();

    public ValueTask PutAsync(ImageWork work, CancellationToken cancellationToken) => _channel.Writer.WriteAsync(work, cancellationToken);
}

[TaskContract]
public interface IImageWork
{
    [Task, Idempotent]
    Task HandAsync(Guid image, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task HandDirectlyAsync(Guid image, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    ValueTask<int> CountAsync(string[] words, CancellationToken cancellationToken = default);
}

public sealed class ImageWorkWorker(ImageQueue queue, ChannelWriter<ImageWork> writer) : IImageWork
{
    public async Task HandAsync(Guid image, CancellationToken cancellationToken) => await {|TT415:queue.PutAsync(new ImageWork(image, "small"), cancellationToken)|};

    public async Task HandDirectlyAsync(Guid image, CancellationToken cancellationToken) => await {|TT415:writer.WriteAsync(new ImageWork(image, "small"), cancellationToken)|};

    public async ValueTask<int> CountAsync(string[] words, CancellationToken cancellationToken)
    {
        Channel<string> local = Channel.CreateUnbounded<string>();
        foreach (string word in words)
        {
            await local.Writer.WriteAsync(word, cancellationToken);
        }

        local.Writer.Complete();
        int count = 0;
        await foreach (string word in local.Reader.ReadAllAsync(cancellationToken))
        {
            count += word.Length;
        }

        return count;
    }
}
