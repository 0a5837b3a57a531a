// The variants of a picture, in parallel, each in the file that its width names; then a list of them.
using System.IO;
using System.Text.Json;

public interface IThumbnailCodec
{
    [EffectFree]
    byte[] Resize(ReadOnlySpan<byte> picture, int width);
}

public sealed record VariantList(string Source, IReadOnlyCollection<int> Widths);

[TaskContract]
public interface IParallelVariants
{
    [Task, Idempotent]
    Task MakeAsync(Guid picture, CancellationToken cancellationToken = default);
}

public sealed class ThumbnailWorker(IThumbnailCodec codec) : IParallelVariants
{
    private static readonly int[] Widths = [160, 480];

    public async Task MakeAsync(Guid picture, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateDirectory(Path.Combine("pictures", picture.ToString("N"))).FullName;
        byte[] source = await File.ReadAllBytesAsync(Path.Combine(folder, "source.png"), cancellationToken);
        await Parallel.ForEachAsync(Widths, cancellationToken, async (width, stop) =>
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{width}.png"), codec.Resize(source, width), stop));
        await using FileStream list = File.Open(Path.Combine(folder, "variants.json"), FileMode.Create, FileAccess.Write);
        await JsonSerializer.SerializeAsync(list, new VariantList("source.png", Widths), cancellationToken: cancellationToken);
    }
}
