using System.Text;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Tests.Resp;

public sealed class RespFrameScannerTests
{
    [Theory]
    [MemberData(nameof(RespSamples.All), MemberType = typeof(RespSamples))]
    public void A_reply_ends_where_it_ends_however_it_is_cut(string sample)
    {
        byte[] reply = Encoding.UTF8.GetBytes(sample);
        Assert.Equal(reply.Length, RespSamples.ScanInPieces(reply));
        for (int first = 1; first < reply.Length; first++)
        {
            Assert.Equal(reply.Length, RespSamples.ScanInPieces(reply, first));
            for (int second = first + 1; second < reply.Length; second++)
            {
                Assert.Equal(reply.Length, RespSamples.ScanInPieces(reply, first, second));
            }
        }

        Assert.Equal(reply.Length, RespSamples.ScanInPieces(reply, [.. Enumerable.Range(1, reply.Length - 1)]));
    }

    [Theory]
    [MemberData(nameof(RespSamples.All), MemberType = typeof(RespSamples))]
    public void What_follows_a_reply_is_not_part_of_it(string sample)
    {
        byte[] two = Encoding.UTF8.GetBytes(sample + sample);
        var scanner = new RespFrameScanner(RespLimits.Default);
        Assert.True(scanner.TryScan(two, out int first));
        Assert.Equal(two.Length / 2, first);
        Assert.True(scanner.TryScan(two.AsSpan(first), out int second));
        Assert.Equal(two.Length / 2, second);
    }

    [Theory]
    [InlineData("x\r\n")]
    [InlineData("\r\n")]
    [InlineData("+a\rb\r\n")]
    [InlineData(":\r\n")]
    [InlineData(":one\r\n")]
    [InlineData(":99999999999999999999\r\n")]
    [InlineData("$-2\r\n")]
    [InlineData("$1\r\nab\r\n")]
    [InlineData("$99999999999\r\n")]
    [InlineData("=-1\r\n")]
    [InlineData("*-2\r\n")]
    [InlineData("%-1\r\n")]
    [InlineData("*99999999\r\n")]
    [InlineData("_x\r\n")]
    [InlineData("#x\r\n")]
    public void What_is_not_RESP_is_refused(string bytes)
    {
        var scanner = new RespFrameScanner(RespLimits.Default);
        Assert.Throws<RespException>(() => scanner.TryScan(Encoding.UTF8.GetBytes(bytes), out _));
    }

    [Fact]
    public void Nesting_is_limited()
    {
        var scanner = new RespFrameScanner(new RespLimits { MaxDepth = 4 });
        Assert.True(scanner.TryScan("*1\r\n*1\r\n*1\r\n:1\r\n"u8, out _));
        Assert.Throws<RespException>(() => new RespFrameScanner(new RespLimits { MaxDepth = 4 }).TryScan("*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n"u8, out _));
    }

    [Fact]
    public void The_number_of_values_is_limited_whatever_the_levels()
    {
        var limits = new RespLimits { MaxElements = 10 };
        Assert.Throws<RespException>(() => new RespFrameScanner(limits).TryScan("*11\r\n"u8, out _));
        Assert.Throws<RespException>(() => new RespFrameScanner(limits).TryScan("%6\r\n"u8, out _));
        Assert.Throws<RespException>(() => new RespFrameScanner(limits).TryScan("*2\r\n*4\r\n:1\r\n:1\r\n:1\r\n:1\r\n*5\r\n"u8, out _));
        Assert.Throws<RespException>(() => new RespFrameScanner(limits).TryScan("|4\r\n|4\r\n"u8, out _));
    }

    [Fact]
    public void A_line_and_a_reply_have_a_longest_length()
    {
        var limits = new RespLimits { MaxLine = 10, MaxFrame = 100, MaxBulk = 80 };
        Assert.Throws<RespException>(() => new RespFrameScanner(limits).TryScan("+12345678901234567890"u8, out _));
        Assert.Throws<RespException>(() => new RespFrameScanner(limits).TryScan("$81\r\n"u8, out _));
        Assert.Throws<RespException>(() => new RespFrameScanner(limits).TryScan(Encoding.UTF8.GetBytes("*2\r\n$80\r\n" + new string('x', 80) + "\r\n$80\r\n"), out _));
    }

    [Fact]
    public void Attributes_before_attributes_without_end_cost_no_stack()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("|1\r\n", 100_000)) + string.Concat(Enumerable.Repeat("+k\r\n+v\r\n", 100_000)) + ":7\r\n");
        var scanner = new RespFrameScanner(RespLimits.Default);
        Assert.True(scanner.TryScan(bytes, out int length));
        Assert.Equal(bytes.Length, length);
        var reader = new RespReader(bytes);
        Assert.Equal(7, reader.ReadInteger());
        Assert.True(reader.AtEnd);
    }

    [Fact]
    public void Random_bytes_end_in_a_reply_or_the_one_exception()
    {
        var random = new Random(7);
        byte[] alphabet = [.. "+-:$*_#,(!=%~|>\r\n0123456789ab "u8];
        byte[] buffer = new byte[64];
        int replies = 0;
        for (int round = 0; round < 200_000; round++)
        {
            Span<byte> bytes = buffer.AsSpan(0, random.Next(1, buffer.Length));
            foreach (ref byte value in bytes)
            {
                value = random.Next(20) == 0 ? (byte)random.Next(256) : alphabet[random.Next(alphabet.Length)];
            }

            replies += TryRead(bytes);
        }

        Assert.True(replies > 100, $"Only {replies} of the inputs were replies: the fuzzing proves little.");
    }

    [Fact]
    public void Damaged_samples_end_in_a_reply_or_the_one_exception()
    {
        var random = new Random(11);
        byte[][] samples = [.. RespSamples.All.Select(row => Encoding.UTF8.GetBytes(row.Data))];
        for (int round = 0; round < 200_000; round++)
        {
            byte[] bytes = [.. samples[random.Next(samples.Length)], .. samples[random.Next(samples.Length)]];
            for (int damage = random.Next(1, 4); damage > 0; damage--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            TryRead(bytes);
        }
    }

    private static int TryRead(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var scanner = new RespFrameScanner(RespLimits.Default);
            if (!scanner.TryScan(bytes, out int length))
            {
                return 0;
            }

            Assert.InRange(length, 1, bytes.Length);
            var skipping = new RespReader(bytes[..length]);
            skipping.Skip();
            Assert.True(skipping.AtEnd);
            var reading = new RespReader(bytes[..length]);
            RespValue.Read(ref reading);
            Assert.True(reading.AtEnd);
            return 1;
        }
        catch (RespException)
        {
            return 0;
        }
    }
}
