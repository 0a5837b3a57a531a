namespace TypedTasks.MessagePack.Tests;

/// <summary>Whatever the bytes: the one typed exception, and no more memory than the bytes are worth.</summary>
public sealed class HostileBytesTests
{
    // An element of one byte becomes a node of a tree or a linked list, a pair of two bytes an entry of some dictionaries; collections double as they
    // grow; and room is made ahead for at most 4 KiB at each of at most 64 levels. An exception with its stack trace takes some KiB.
    private const int BytesPerByte = 400;
    private const int Constant = 64 * 4096;

    [Fact]
    public void Random_bytes_give_a_value_or_the_typed_exception()
    {
        var random = new Random(1);
        foreach (CodecCase codec in CodecCatalogue.All)
        {
            for (int i = 0; i < 150; i++)
            {
                byte[] bytes = new byte[random.Next(0, 200)];
                random.NextBytes(bytes);
                if (bytes.Length > 0 && i % 2 == 0 && codec.Samples[^1].Length > 0)
                {
                    // Past the first check, which refuses nearly everything.
                    bytes[0] = codec.Samples[^1][0];
                }

                AssertHarmless(codec, bytes);
            }
        }
    }

    [Fact]
    public void Valid_bytes_with_some_changed_give_a_value_or_the_typed_exception()
    {
        var random = new Random(2);
        foreach (CodecCase codec in CodecCatalogue.All)
        {
            foreach (byte[] sample in codec.Samples.Where(s => s.Length < 5000))
            {
                for (int i = 0; i < 40; i++)
                {
                    byte[] bytes = [.. sample];
                    for (int changes = random.Next(1, 4); changes > 0; changes--)
                    {
                        bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                    }

                    AssertHarmless(codec, bytes);
                }
            }
        }
    }

    [Theory]
    [InlineData("d97f")]
    [InlineData("daffff")]
    [InlineData("db7fffffff")]
    [InlineData("dbffffffff")]
    [InlineData("c4ff")]
    [InlineData("c67fffffff")]
    [InlineData("c6ffffffff")]
    [InlineData("c97fffffffff")]
    [InlineData("c9ffffffff01")]
    [InlineData("dcffff")]
    [InlineData("dd7fffffff")]
    [InlineData("ddffffffff")]
    [InlineData("deffff")]
    [InlineData("df7fffffff")]
    [InlineData("df3fffffff")]
    [InlineData("dfffffffff")]
    [InlineData("94ce7fffffffce7fffffffce7fffffffdd7fffffff")]
    [InlineData("930000dd7fffffff")]
    public void A_declared_length_beyond_the_bytes_is_refused_before_anything_is_allocated(string hex)
    {
        byte[] bytes = [.. Bytes.Hex(hex), 1, 2, 3];
        foreach (CodecCase codec in CodecCatalogue.All)
        {
            AssertHarmless(codec, bytes);
            Assert.Throws<MessagePackException>(() => Read(codec, bytes));
        }

        Assert.Throws<MessagePackException>(() => Skip(bytes));
    }

    [Theory]
    [InlineData(0x91)]
    [InlineData(0x81)]
    public void Ten_thousand_levels_are_refused_by_reading_and_by_skipping(byte code)
    {
        byte[] bytes = new byte[10_000];
        Array.Fill(bytes, code);
        if (code == 0x81)
        {
            // The nested value of each map is its key; the values are missing, but that would be found last.
            bytes = [.. bytes, .. new byte[10_000]];
        }

        Assert.Contains("64 deep", Assert.Throws<MessagePackException>(() => Skip(bytes)).Message, StringComparison.Ordinal);

        byte[] chain = [.. Enumerable.Repeat<byte[]>([0x92, 0x01], 10_000).SelectMany(b => b), 0xc0];
        Assert.Contains("64 deep", Assert.Throws<MessagePackException>(() => Bytes.Read<Node?, NodeCodec>(chain)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_levels_as_allowed_are_read_and_skipped_and_one_more_is_not()
    {
        Node Chain(int length) => new(length) { Next = length > 1 ? Chain(length - 1) : null };
        byte[] deepest = Bytes.Write<Node?, NodeCodec>(Chain(64));

        Assert.Equal(Chain(64), Bytes.Read<Node?, NodeCodec>(deepest));
        Skip(deepest);
        Assert.Throws<MessagePackException>(() => Skip([0x91, .. deepest]));
        Assert.Throws<MessagePackException>(() => Bytes.Write<Node?, NodeCodec>(Chain(65)));

        var reader = new MessagePackReader(deepest, maxDepth: 63);
        try
        {
            reader.Skip();
            Assert.Fail("64 levels were skipped where 63 are allowed.");
        }
        catch (MessagePackException)
        {
        }

        byte[] deeper = [.. Enumerable.Repeat<byte>(0x91, 999), 0x90];
        reader = new MessagePackReader(deeper, maxDepth: 1000);
        reader.Skip();
        Assert.True(reader.End);
    }

    [Fact]
    public void A_graph_that_refers_to_itself_is_refused_by_writing()
    {
        var node = new Node(1);
        node.Next = node;

        Assert.Throws<MessagePackException>(() => Bytes.Write<Node?, NodeCodec>(node));
    }

    [Fact]
    public void Extensions_of_a_wrong_type_or_length_are_no_timestamps()
    {
        foreach (string hex in new[] { "d60100000000", "c703ff000000", "c70cffee6b280000000000000000ff", "d4ff00", "d8ff" + new string('0', 32), "d7ffffffffff00000000", "c70cff00000000ffffff0000000000", "c70cff000000007fffffffffffffff" })
        {
            Assert.Throws<MessagePackException>(() => Bytes.Read<DateTime, DateTimeCodec>(Bytes.Hex(hex)));
        }
    }

    private static void AssertHarmless(CodecCase codec, byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Read(codec, bytes);
        }
        catch (MessagePackException)
        {
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= (bytes.Length * (long)BytesPerByte) + Constant, $"{codec}: {allocated} bytes for {Convert.ToHexString(bytes)}");

        try
        {
            Skip(bytes);
        }
        catch (MessagePackException)
        {
        }
    }

    private static void Read(CodecCase codec, byte[] bytes)
    {
        var reader = new MessagePackReader(bytes);
        codec.Read(ref reader);
    }

    private static void Skip(byte[] bytes)
    {
        var reader = new MessagePackReader(bytes);
        reader.Skip();
    }
}
