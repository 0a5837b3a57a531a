using System.Text.Json;

namespace TypedTasks.MessagePack.Tests;

/// <summary>MessagePack as text for people: every form of the format, and bytes that nobody vouches for.</summary>
public sealed class JsonTests
{
    [Theory]
    [InlineData("c0", "null")]
    [InlineData("c3", "true")]
    [InlineData("ff", "-1")]
    [InlineData("cfffffffffffffffff", "18446744073709551615")]
    [InlineData("d38000000000000000", "-9223372036854775808")]
    [InlineData("ca3dcccccd", "0.1")]
    [InlineData("cb3fb999999999999a", "0.1")]
    [InlineData("cb7ff8000000000000", "\"NaN\"")]
    [InlineData("caff800000", "\"-Infinity\"")]
    [InlineData("a64dc3b862c3a6", "\"M\u00f8b\u00e6\"")]
    [InlineData("a61b3c3e220a00", "\"\\u001B\\u003C\\u003E\\u0022\\n\\u0000\"")]
    [InlineData("a2ff41", "\"\ufffdA\"")]
    [InlineData("c403010203", "\"AQID\"")]
    [InlineData("9301a161c0", "[1,\"a\",null]")]
    [InlineData("82a16101a16290", "{\"a\":1,\"b\":[]}")]
    [InlineData("820102a161c2", "[[1,2],[\"a\",false]]")]
    [InlineData("81920102a178", "[[[1,2],\"x\"]]")]
    [InlineData("80", "{}")]
    [InlineData("d6ff00000000", "\"1970-01-01T00:00:00Z\"")]
    [InlineData("c70cff000000007fffffffffffffff", "[-1,\"AAAAAH//////////\"]")]
    [InlineData("d40507", "[5,\"Bw==\"]")]
    public void Every_form_has_a_text(string bytes, string json) => Assert.Equal(json, MessagePackJson.Convert(Bytes.Hex(bytes)));

    [Fact]
    public void Random_bytes_give_json_in_proportion_or_the_typed_exception()
    {
        var random = new Random(7);
        int texts = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            texts += IsText(bytes) ? 1 : 0;
        }

        Assert.True(texts > 1000);
    }

    [Theory]
    [InlineData(0x91)]
    [InlineData(0x81)]
    public void Nesting_ends_with_the_typed_exception(byte container) =>
        Assert.Throws<MessagePackException>(() => MessagePackJson.Convert(Enumerable.Repeat(container, 100_000).ToArray()));

    [Fact]
    public void Maps_within_keys_do_not_multiply()
    {
        // As deep as may be: a map whose key is a map whose key is a map, and so on.
        byte[] bytes = [.. Enumerable.Repeat((byte)0x81, 60), .. Enumerable.Repeat((byte)0x01, 61)];
        Assert.True(IsText(bytes));
    }

    private static bool IsText(byte[] bytes)
    {
        string json;
        try
        {
            json = MessagePackJson.Convert(bytes);
        }
        catch (MessagePackException)
        {
            return false;
        }

        JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 256 }).Dispose();
        Assert.InRange(json.Length, 1, 16 + (6 * bytes.Length));
        return true;
    }
}
