// The variants of a picture have names that nobody could say a second time. A random name of a file is taken for a temporary one: nothing is said of it.
using System.IO;

public interface IPictureCodec
{
    [EffectFree]
    byte[] Resize(byte[] picture, int width);
}

public static class VariantFolder
{
    public static string Next(string folder) => Path.Combine(folder, Path.ChangeExtension(Path.GetRandomFileName(), "webp"));
}

[TaskContract]
public interface IVariants
{
    [Task, Idempotent]
    Task MakeAsync(string source, string folder, CancellationToken cancellationToken = default);
}

public sealed class VariantWorker(IPictureCodec codec) : IVariants
{
    private static readonly int[] Widths = [320, 640, 1280];

    public async Task MakeAsync(string source, string folder, CancellationToken cancellationToken)
    {
        byte[] picture = await File.ReadAllBytesAsync(source, cancellationToken);
        foreach (int width in Widths)
        {
            await using FileStream variant = File.Create(VariantFolder.Next(folder));
            await variant.WriteAsync(codec.Resize(picture, width), cancellationToken);
        }
    }
}
