using System.Buffers;

namespace TypedTasks.MessagePack.Tests;

public sealed class WriterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(5)]
    public void A_payload_above_the_limit_is_refused_with_its_size(int already)
    {
        var output = new ArrayBufferWriter<byte>();
        var e = Assert.Throws<PayloadTooLargeException>(() =>
        {
            var writer = new MessagePackWriter(output, maxLength: 1000);
            writer.WriteRaw(new byte[already]);
            writer.WriteBinary(new byte[2000]);
            writer.Flush();
        });

        Assert.Equal(1000, e.Limit);
        Assert.InRange(e.Length, 2000, 2105);

        Assert.Throws<PayloadTooLargeException>(() =>
        {
            var writer = new MessagePackWriter(output, maxLength: 10);
            for (int i = 0; i < 11; i++)
            {
                writer.Write(i);
            }

            writer.Flush();
        });
    }

    [Fact]
    public void A_payload_of_exactly_the_limit_is_written()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output, maxLength: 1003);
        writer.WriteBinary(new byte[1000]);
        writer.Flush();

        Assert.Equal(1003, output.WrittenCount);
    }

    [Fact]
    public void An_output_of_small_spans_gets_the_same_bytes()
    {
        foreach (int size in new[] { 1, 7, 64 })
        {
            var output = new SmallSpans(size);
            var writer = new MessagePackWriter(output);
            OrderCodec.Write(ref writer, CodecCatalogue.SampleOrder(20));
            writer.Flush();

            Assert.Equal(Bytes.Write<Order?, OrderCodec>(CodecCatalogue.SampleOrder(20)), output.Written);
            Assert.Equal(output.Written.Count, writer.BytesWritten);
        }
    }

    [Fact]
    public void Writing_goes_on_after_a_flush()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        writer.Write(1);
        writer.Flush();
        writer.Write(2);
        writer.Flush();
        writer.Flush();

        Assert.Equal(new byte[] { 1, 2 }, output.WrittenSpan.ToArray());
        Assert.Equal(2, writer.BytesWritten);
    }

    [Fact]
    public void A_sequence_that_cannot_be_counted_is_enumerated_once()
    {
        int enumerations = 0;
        IEnumerable<int> Once()
        {
            enumerations++;
            yield return 1;
            yield return 2;
        }

        Assert.Equal([0x92, 1, 2], Bytes.Write<IEnumerable<int>?, EnumerableCodec<int, Int32Codec>>(Once()));
        Assert.Equal(1, enumerations);
    }

    [Fact]
    public void A_null_where_none_is_allowed_is_refused_by_the_writer_too() =>
        Assert.Throws<MessagePackException>(() => Bytes.Write<string, NotNullCodec<string, StringCodec>>(null!));

    [Fact]
    public void An_object_outside_its_union_is_refused() =>
        Assert.Throws<MessagePackException>(() => Bytes.Write<Shape?, ShapeCodec>(new Hexagon()));

    private sealed record Hexagon : Shape;

    /// <summary>Gives spans of exactly what is asked for, or a little more.</summary>
    private sealed class SmallSpans(int size) : IBufferWriter<byte>
    {
        private byte[] _span = [];

        public List<byte> Written { get; } = [];

        public void Advance(int count) => Written.AddRange(_span[..count]);

        public Memory<byte> GetMemory(int sizeHint = 0) => _span = new byte[Math.Max(sizeHint, size)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
