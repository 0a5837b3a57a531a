using System.Text;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.Tests.Protocol;

/// <summary>Every frame that a server sends, in every split.</summary>
public sealed class ParserTests
{
    public static TheoryData<string, string> Frames => new()
    {
        { "MSG a.b 7 5\r\nhello\r\n", "Message 7 a.b   hello" },
        { "MSG a.b 7 _I.x 0\r\n\r\n", "Message 7 a.b _I.x  " },
        { "msg\ta  1\t_R  2\r\n\r\n\r\n", "Message 1 a _R  \r\n" },
        { "HMSG s 12 16 16\r\nNATS/1.0 503\r\n\r\n\r\n", "Message 12 s  NATS/1.0 503\r\n\r\n " },
        { "HMSG s 3 r 12 17\r\nNATS/1.0\r\n\r\nhello\r\n", "Message 3 s r NATS/1.0\r\n\r\n hello" },
        { "PING\r\n", "Ping 0    " },
        { "PONG \r\n", "Pong 0    " },
        { "+OK\r\n", "Ok 0    " },
        { "-ERR 'Authorization Violation'\r\n", "Error 0    Authorization Violation" },
        { "INFO {\"server_id\":\"x\"} \r\n", "Info 0    {\"server_id\":\"x\"}" },
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_is_read_whole_and_waits_for_its_last_byte(string text, string expected)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.False(NatsParser.TryRead(bytes.AsSpan(0, length), 1000, out _, out int needed));
            Assert.InRange(needed, length + 1, bytes.Length);
        }

        Assert.True(NatsParser.TryRead([.. bytes, .. "MSG next"u8], 1000, out NatsFrame frame, out _));
        Assert.Equal(bytes.Length, frame.Length);
        Assert.Equal(expected, Describe(frame));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1")]
    [InlineData("\r\n")]
    [InlineData("PING\n")]
    [InlineData("PINGX\r\n")]
    [InlineData("MSG a 1\r\n")]
    [InlineData("MSG a 1 x 5 6\r\nhello\r\n")]
    [InlineData("MSG a 1 -5\r\n")]
    [InlineData("MSG a 1 5x\r\n")]
    [InlineData("MSG a 1 99999999999\r\n")]
    [InlineData("MSG a 1 1001\r\n")]
    [InlineData("MSG a x 0\r\n\r\n")]
    [InlineData("MSG a 1 2\r\nabcd\r\n")]
    [InlineData("HMSG a 1 10\r\n")]
    [InlineData("HMSG a 1 20 10\r\n0123456789\r\n")]
    public void Anything_else_is_refused(string text) =>
        Assert.Throws<NatsProtocolException>(() => NatsParser.TryRead(Encoding.ASCII.GetBytes(text), 1000, out _, out _));

    [Fact]
    public void A_line_without_end_is_refused_at_the_limit()
    {
        byte[] line = [.. "MSG "u8, .. Enumerable.Repeat((byte)'a', NatsLimits.ControlLine + 10)];
        Assert.Throws<NatsProtocolException>(() => NatsParser.TryRead(line, 1000, out _, out _));
    }

    [Fact]
    public void Random_bytes_and_damaged_frames_throw_nothing_else()
    {
        var random = new Random(4222);
        byte[][] samples = [.. Frames.Select(row => Encoding.ASCII.GetBytes(row.Data.Item1))];
        int refused = 0;
        for (int round = 0; round < 200_000; round++)
        {
            byte[] bytes = (byte[])samples[random.Next(samples.Length)].Clone();
            for (int damage = random.Next(4); damage > 0; damage--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                if (NatsParser.TryRead(bytes, 1000, out NatsFrame frame, out int needed))
                {
                    Assert.InRange(frame.Length, 1, bytes.Length);
                    _ = new NatsHeaders(frame.Headers).TryGet("Nats-Sequence"u8, out _);
                }
                else
                {
                    Assert.InRange(needed, bytes.Length + 1, 1000 + NatsLimits.InfoLine);
                }
            }
            catch (NatsProtocolException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 10_000, 190_000);
    }

    private static string Describe(in NatsFrame frame) =>
        $"{frame.Kind} {frame.Sid} {Text(frame.Subject)} {Text(frame.ReplyTo)} {Text(frame.Headers)} {Text(frame.Payload)}";

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes);
}
