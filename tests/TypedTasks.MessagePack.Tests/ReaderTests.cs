using System.Buffers;
using System.Text;

namespace TypedTasks.MessagePack.Tests;

public sealed class ReaderTests
{
    [Fact]
    public void An_integer_that_does_not_fit_is_refused()
    {
        Assert.Throws<MessagePackException>(() => Bytes.Read<byte, ByteCodec>(Bytes.Hex("cd0100")));
        Assert.Throws<MessagePackException>(() => Bytes.Read<byte, ByteCodec>(Bytes.Hex("ff")));
        Assert.Throws<MessagePackException>(() => Bytes.Read<sbyte, SByteCodec>(Bytes.Hex("cc80")));
        Assert.Throws<MessagePackException>(() => Bytes.Read<short, Int16Codec>(Bytes.Hex("cd8000")));
        Assert.Throws<MessagePackException>(() => Bytes.Read<int, Int32Codec>(Bytes.Hex("ce80000000")));
        Assert.Throws<MessagePackException>(() => Bytes.Read<uint, UInt32Codec>(Bytes.Hex("d0ff")));
        Assert.Throws<MessagePackException>(() => Bytes.Read<long, Int64Codec>(Bytes.Hex("cf8000000000000000")));
        Assert.Throws<MessagePackException>(() => Bytes.Read<ulong, UInt64Codec>(Bytes.Hex("d3ffffffffffffffff")));
        Assert.Throws<MessagePackException>(() => Bytes.Read<int, Int32Codec>(Bytes.Hex("ca3f800000")));
    }

    [Fact]
    public void An_error_says_where_it_is_and_what_is_there()
    {
        var e = Assert.Throws<MessagePackException>(() => Bytes.Read<List<int>?, ListCodec<int, Int32Codec>>(Bytes.Hex("9301a16103")));

        Assert.Equal("An integer was expected at byte 2, but there is a string (0xa1).", e.Message);
    }

    [Fact]
    public void Nil_for_a_member_that_is_not_nullable_names_the_member()
    {
        var e = Assert.Throws<MessagePackException>(() => Bytes.Read<Line?, LineCodec>(Bytes.Hex("91c0")));

        Assert.Equal("The value is nil but 'Line.Sku' is not nullable.", e.Message);
    }

    [Fact]
    public void Elements_that_are_missing_leave_the_default_and_elements_that_are_unknown_are_skipped()
    {
        Assert.Equal(new Line { Sku = "A" }, Bytes.Read<Line?, LineCodec>(Bytes.Hex("91a141")));
        Assert.Equal(new Line(), Bytes.Read<Line?, LineCodec>(Bytes.Hex("90")));
        Assert.Equal(new Line { Sku = "A", Quantity = 2, Price = 3 }, Bytes.Read<Line?, LineCodec>(Bytes.Hex("95a14102a133810102c0")));
    }

    [Fact]
    public void A_union_key_that_is_unknown_is_refused_by_name()
    {
        var e = Assert.Throws<MessagePackException>(() => Bytes.Read<Shape?, ShapeCodec>(Bytes.Hex("920790")));

        Assert.Contains("7 is not the key of a case of the union 'Shape'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_refused_whatever_the_segments()
    {
        foreach (ReadOnlySequence<byte> split in Bytes.Splits(Bytes.Hex("a4c3a9ff61")))
        {
            Assert.Throws<MessagePackException>(() => Bytes.Read<string?, StringCodec>(split));
        }
    }

    [Fact]
    public void Short_text_is_read_at_every_length_and_what_is_not_ASCII_is_seen_at_every_place()
    {
        for (int length = 0; length <= 31; length++)
        {
            string text = new([.. Enumerable.Range('A', length).Select(c => (char)c)]);
            byte[] bytes = Bytes.Write<string?, StringCodec>(text);
            Assert.Equal(text, Bytes.Read<string?, StringCodec>(bytes));
            for (int place = 0; place < length; place++)
            {
                byte[] broken = [.. bytes];
                broken[place + 1] = 0xff;
                Assert.Throws<MessagePackException>(() => Bytes.Read<string?, StringCodec>(broken));
            }

            for (int place = 0; place < length - 1; place++)
            {
                string accented = $"{text[..place]}é{text[(place + 2)..]}";
                Assert.Equal(accented, Bytes.Read<string?, StringCodec>(Bytes.Write<string?, StringCodec>(accented)));
            }
        }
    }

    [Fact]
    public void A_lone_surrogate_is_written_as_the_replacement_character() =>
        Assert.Equal("a\ufffd", Bytes.Read<string?, StringCodec>(Bytes.Write<string?, StringCodec>("a\ud800")));

    [Fact]
    public void A_name_is_contiguous_even_across_segments()
    {
        foreach (ReadOnlySequence<byte> split in Bytes.Splits([0xd9, 40, .. Encoding.ASCII.GetBytes(new string('n', 40))]))
        {
            var reader = new MessagePackReader(split);
            Assert.Equal(new string('n', 40), Encoding.ASCII.GetString(reader.ReadMapKey()));
        }
    }

    [Fact]
    public void A_default_sequence_is_empty()
    {
        var reader = new MessagePackReader(default(ReadOnlySequence<byte>));

        Assert.True(reader.End);
        Assert.Equal(0, reader.Remaining);
        try
        {
            reader.ReadInt32();
            Assert.Fail("There is nothing to read.");
        }
        catch (MessagePackException e)
        {
            Assert.Contains("ends too early", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_lengths_of_a_rectangular_array_must_fit_its_elements()
    {
        foreach (string hex in new[] { "930202930102ff", "93ff0190", "93ce7fffffff0090", "9300ce7fffffff90", "92029101" })
        {
            byte[] bytes = Bytes.Hex(hex);
            Assert.True(Throws(bytes), hex);
        }

        static bool Throws(byte[] bytes)
        {
            var reader = new MessagePackReader(bytes);
            try
            {
                Array2Codec<int, Int32Codec>.Read(ref reader);
                return false;
            }
            catch (MessagePackException)
            {
                return true;
            }
        }
    }
}
