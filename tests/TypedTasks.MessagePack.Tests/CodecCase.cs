using System.Buffers;

namespace TypedTasks.MessagePack.Tests;

/// <summary>A codec with sample values, its types erased, so that one test can run over all codecs.</summary>
public abstract class CodecCase(string name)
{
    public string Name { get; } = name;

    public abstract IReadOnlyList<byte[]> Samples { get; }

    /// <summary>Reads one value and checks that it is the sample.</summary>
    public abstract void AssertReads(int sample, ReadOnlySequence<byte> bytes);

    /// <summary>Reads one value, whatever it is.</summary>
    public abstract void Read(ref MessagePackReader reader);

    public override string ToString() => Name;

    /// <summary>A case whose values xUnit compares by what they contain.</summary>
    public static CodecCase Of<T, TCodec>(params T[] samples)
        where TCodec : IPayloadCodec<T> => new CodecCase<T, TCodec>(samples, value => value);

    /// <summary>A case whose values are compared through a view of them.</summary>
    public static CodecCase OfView<T, TCodec>(Func<T, object?> view, params T[] samples)
        where TCodec : IPayloadCodec<T> => new CodecCase<T, TCodec>(samples, view);
}

public sealed class CodecCase<T, TCodec>(T[] samples, Func<T, object?> view) : CodecCase(NameOf(typeof(TCodec)))
    where TCodec : IPayloadCodec<T>
{
    public override IReadOnlyList<byte[]> Samples { get; } = [.. samples.Select(Bytes.Write<T, TCodec>)];

    public override void AssertReads(int sample, ReadOnlySequence<byte> bytes) =>
        Assert.Equal(view(samples[sample]), view(Bytes.Read<T, TCodec>(bytes)));

    public override void Read(ref MessagePackReader reader) => TCodec.Read(ref reader);

    private static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : type.Name;
}
