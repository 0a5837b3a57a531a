using System.IO;

// Read a file, write others beside it under names made of the task's own.
[TaskContract]
public interface IThumbnails
{
    [Task, Idempotent]
    Task MakeAsync(string image, int[] widths, CancellationToken cancellationToken = default);
}

public sealed class ThumbnailWorker : IThumbnails
{
    public async Task MakeAsync(string image, int[] widths, CancellationToken cancellationToken)
    {
        byte[] source = await File.ReadAllBytesAsync(image, cancellationToken);
        foreach (int width in widths)
        {
            await File.WriteAllBytesAsync($"{image}.{width}.png", Scale(source, width), cancellationToken);
        }
    }

    private static byte[] Scale(byte[] source, int width) => source[..Math.Min(width, source.Length)];
}
