using System.Text;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Tests.Resp;

public sealed class RespReaderTests
{
    [Fact]
    public void Strings_of_every_kind_read_as_their_bytes()
    {
        var reader = new RespReader("+OK\r\n$3\r\na\r\n\r\n=7\r\ntxt:abc\r\n:-5\r\n,1.5\r\n(12\r\n!3\r\nERR\r\n"u8);
        Assert.Equal("OK", reader.ReadText());
        Assert.Equal("a\r\n", reader.ReadText());
        Assert.Equal("abc", reader.ReadText());
        Assert.Equal(-5, reader.ReadInteger());
        Assert.Equal("1.5", reader.ReadText());
        Assert.Equal("12", reader.ReadText());
        Assert.True(reader.IsError);
        Assert.Equal("ERR", reader.ReadText());
        Assert.True(reader.AtEnd);
    }

    [Theory]
    [InlineData("$-1\r\n")]
    [InlineData("*-1\r\n")]
    [InlineData("_\r\n")]
    public void Null_has_three_forms(string bytes)
    {
        var reader = new RespReader(Encoding.UTF8.GetBytes(bytes));
        Assert.True(reader.TryReadNull());
        Assert.True(reader.AtEnd);
        reader = new RespReader(Encoding.UTF8.GetBytes(bytes));
        Assert.Equal(-1, reader.ReadArray());
    }

    [Fact]
    public void A_map_is_the_same_in_both_versions()
    {
        var two = new RespReader("*1\r\n*2\r\n+k\r\n:1\r\n"u8);
        Assert.Equal(1, two.ReadMapOrPairs(out bool pairs));
        Assert.True(pairs);
        var three = new RespReader("%1\r\n+k\r\n:1\r\n"u8);
        Assert.Equal(1, three.ReadMapOrPairs(out pairs));
        Assert.False(pairs);
        var none = new RespReader("_\r\n"u8);
        Assert.Equal(0, none.ReadMapOrPairs(out _));
    }

    [Fact]
    public void What_was_not_expected_is_the_one_exception()
    {
        Assert.Throws<RespException>(() => new RespReader("*0\r\n"u8).ReadBytes().Length);
        Assert.Throws<RespException>(() => new RespReader("+x\r\n"u8).ReadArray());
        Assert.Throws<RespException>(() => new RespReader("+x\r\n"u8).ReadInteger());
        Assert.Throws<RespException>(() => new RespReader(default).ReadArray());
    }

    [Theory]
    [InlineData("NOSCRIPT No matching script.", RespErrorKind.NoScript)]
    [InlineData("MOVED 3999 127.0.0.1:6381", RespErrorKind.Moved)]
    [InlineData("OOM command not allowed when used memory > 'maxmemory'. script: x, on @user_script:3.", RespErrorKind.OutOfMemory)]
    [InlineData("ERR Error running script (call to f_1): @user_script:1: -OOM command not allowed", RespErrorKind.OutOfMemory)]
    [InlineData("NOGROUP No such key", RespErrorKind.NoGroup)]
    [InlineData("LOADING", RespErrorKind.Loading)]
    [InlineData("ERR anything", RespErrorKind.Other)]
    [InlineData("", RespErrorKind.Other)]
    public void Errors_are_told_apart_by_their_first_word(string line, object kind) =>
        Assert.Equal((RespErrorKind)kind, RespError.Classify(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void A_command_is_an_array_of_strings_with_their_lengths()
    {
        var buffer = new RespBuffer();
        buffer.WriteCommand(4);
        buffer.WriteBulk("SET"u8);
        buffer.WriteBulk("clé\r\n");
        buffer.WriteBulk(-120);
        buffer.WriteBulk(default(ReadOnlySpan<byte>));
        Assert.Equal("*4\r\n$3\r\nSET\r\n$6\r\nclé\r\n\r\n$4\r\n-120\r\n$0\r\n\r\n", Encoding.UTF8.GetString(buffer.Span));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-1", -1)]
    [InlineData("+7", 7)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void Numbers_are_read(string text, long expected)
    {
        Assert.True(RespNumber.TryParse(Encoding.UTF8.GetBytes(text), out long value));
        Assert.Equal(expected, value);
        Assert.Equal(expected.ToString(System.Globalization.CultureInfo.InvariantCulture).Length, RespNumber.Length(expected));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("0x1")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("99999999999999999999")]
    public void What_is_no_number_is_not_read(string text) => Assert.False(RespNumber.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
