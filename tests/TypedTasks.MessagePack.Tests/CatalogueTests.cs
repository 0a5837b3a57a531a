namespace TypedTasks.MessagePack.Tests;

public sealed class CatalogueTests
{
    [Fact]
    public void Every_public_codec_is_in_the_catalogue()
    {
        HashSet<string> tested = [.. CodecCatalogue.All.SelectMany(c => Arguments(c.GetType())).Select(Name)];
        IEnumerable<string> codecs = typeof(IPayloadCodec<>).Assembly.GetExportedTypes()
            .Where(t => t.IsValueType && t.Name.Split('`')[0].EndsWith("Codec", StringComparison.Ordinal) && t.Namespace == "TypedTasks.MessagePack")
            .Select(t => $"{t.Name}");

        Assert.Empty(codecs.Except(tested));
    }

    [Fact]
    public void Every_sample_is_read_back_whatever_the_segments()
    {
        foreach (CodecCase codec in CodecCatalogue.All)
        {
            for (int i = 0; i < codec.Samples.Count; i++)
            {
                byte[] bytes = codec.Samples[i];
                codec.AssertReads(i, new(bytes));
                if (bytes.Length <= 600)
                {
                    foreach (var split in Bytes.Splits(bytes))
                    {
                        codec.AssertReads(i, split);
                    }
                }
            }
        }
    }

    [Fact]
    public void Every_sample_can_be_skipped_and_taken_raw_whatever_the_segments()
    {
        foreach (byte[] bytes in CodecCatalogue.All.SelectMany(c => c.Samples).Where(b => b.Length <= 600))
        {
            foreach (var split in Bytes.Splits([.. bytes, 0x2a]))
            {
                var reader = new MessagePackReader(split);
                Assert.Equal(bytes, reader.ReadRaw());
                Assert.Equal(bytes.Length, reader.Consumed);
                Assert.Equal(42, reader.ReadInt32());

                reader = new MessagePackReader(split);
                reader.Skip();
                Assert.Equal(1, reader.Remaining);
            }
        }
    }

    [Fact]
    public void Every_sample_cut_short_anywhere_is_refused()
    {
        foreach (CodecCase codec in CodecCatalogue.All)
        {
            foreach (byte[] bytes in codec.Samples.Where(b => b.Length <= 3000))
            {
                for (int length = 0; length < bytes.Length; length++)
                {
                    byte[] cut = bytes[..length];
                    Assert.Throws<MessagePackException>(() => Read(codec, cut));
                    Assert.Throws<MessagePackException>(() => Skip(cut));
                }
            }
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

    private static IEnumerable<Type> Arguments(Type type) => type.GetGenericArguments().SelectMany(a => Arguments(a).Prepend(a));

    private static string Name(Type type) => type.Name;
}
