using System.Buffers;

namespace TypedTasks.MessagePack.Tests;

/// <summary>Writes and reads through a codec, in all the ways that bytes can be cut into segments.</summary>
internal static class Bytes
{
    public static byte[] Write<T, TCodec>(T value)
        where TCodec : IPayloadCodec<T>
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        TCodec.Write(ref writer, value);
        writer.Flush();
        Assert.Equal(output.WrittenCount, writer.BytesWritten);
        return output.WrittenSpan.ToArray();
    }

    public static T Read<T, TCodec>(ReadOnlySpan<byte> bytes)
        where TCodec : IPayloadCodec<T>
    {
        var reader = new MessagePackReader(bytes);
        T value = TCodec.Read(ref reader);
        Assert.True(reader.End, $"{reader.Remaining} bytes were left.");
        Assert.Equal(bytes.Length, reader.Consumed);
        return value;
    }

    public static T Read<T, TCodec>(ReadOnlySequence<byte> bytes)
        where TCodec : IPayloadCodec<T>
    {
        var reader = new MessagePackReader(bytes);
        T value = TCodec.Read(ref reader);
        Assert.True(reader.End, $"{reader.Remaining} bytes were left.");
        Assert.Equal(bytes.Length, reader.Consumed);
        return value;
    }

    public static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace("-", "", StringComparison.Ordinal));

    /// <summary>The bytes whole, in every two parts, and byte by byte with empty segments in between.</summary>
    public static IEnumerable<ReadOnlySequence<byte>> Splits(byte[] bytes)
    {
        yield return new ReadOnlySequence<byte>(bytes);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            yield return Segments(bytes[..cut], bytes[cut..]);
        }

        yield return Segments([[], .. bytes.Select(b => new[] { b }), []]);
        yield return Segments([.. bytes.SelectMany(b => new byte[][] { [b], [] })]);
    }

    public static ReadOnlySequence<byte> Segments(params byte[][] parts)
    {
        if (parts.Length == 0)
        {
            return ReadOnlySequence<byte>.Empty;
        }

        var first = new Segment(parts[0], 0);
        Segment last = first;
        foreach (byte[] part in parts.Skip(1))
        {
            last = last.Append(part);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, long index)
        {
            Memory = bytes;
            RunningIndex = index;
        }

        public Segment Append(byte[] bytes)
        {
            var next = new Segment(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
