namespace TypedTasks.Nats.Protocol;

/// <summary>
/// Reads the frames that a server sends. Bytes in, slices out: no state, no I/O, no allocation.
/// A frame that is not whole yet says how many bytes it takes at least, so that the reader makes room once.
/// </summary>
internal static class NatsParser
{
    /// <summary>Reads the frame at the start of <paramref name="input"/>.</summary>
    /// <param name="input">What was received and not consumed yet.</param>
    /// <param name="maxMessage">The largest message to accept, headers included.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="needed">When the frame is not whole: how many bytes it takes at least, always more than there are.</param>
    /// <returns>Whether there is a whole frame.</returns>
    /// <exception cref="NatsProtocolException">The bytes are no frame, or exceed a limit.</exception>
    public static bool TryRead(ReadOnlySpan<byte> input, int maxMessage, out NatsFrame frame, out int needed)
    {
        frame = default;
        needed = input.Length + 1;
        if (input.IsEmpty)
        {
            return false;
        }

        int limit = (input[0] | 0x20) == 'i' ? NatsLimits.InfoLine : NatsLimits.ControlLine;
        int end = input[..Math.Min(input.Length, limit + 2)].IndexOf((byte)'\n');
        if (end < 0)
        {
            if (input.Length >= limit + 2)
            {
                Throw($"a line is longer than {limit} bytes");
            }

            RejectUnknownStart(input);
            return false;
        }

        if (end == 0 || input[end - 1] != '\r')
        {
            Throw("a line does not end in CR LF");
        }

        ReadOnlySpan<byte> line = input[..(end - 1)];
        int afterLine = end + 1;
        switch (line.Length == 0 ? 0 : line[0] | 0x20)
        {
            case 'm' when IsVerb(line, "MSG"u8):
                return TryReadMessage(input, line[3..], afterLine, hasHeaders: false, maxMessage, out frame, ref needed);
            case 'h' when IsVerb(line, "HMSG"u8):
                return TryReadMessage(input, line[4..], afterLine, hasHeaders: true, maxMessage, out frame, ref needed);
            case 'p' when IsWord(line, "PING"u8):
                frame = new NatsFrame { Kind = NatsFrameKind.Ping, Length = afterLine };
                return true;
            case 'p' when IsWord(line, "PONG"u8):
                frame = new NatsFrame { Kind = NatsFrameKind.Pong, Length = afterLine };
                return true;
            case '+' | 0x20 when IsWord(line, "+OK"u8):
                frame = new NatsFrame { Kind = NatsFrameKind.Ok, Length = afterLine };
                return true;
            case '-' | 0x20 when StartsWith(line, "-ERR"u8):
                frame = new NatsFrame { Kind = NatsFrameKind.Error, Length = afterLine, Payload = Unquote(line[4..]) };
                return true;
            case 'i' when IsVerb(line, "INFO"u8):
                frame = new NatsFrame { Kind = NatsFrameKind.Info, Length = afterLine, Payload = Trim(line[4..]) };
                return true;
            default:
                Throw("an unknown operation");
                return false;
        }
    }

    // MSG <subject> <sid> [reply] <size>  /  HMSG <subject> <sid> [reply] <header size> <total size>
    private static bool TryReadMessage(
        ReadOnlySpan<byte> input, ReadOnlySpan<byte> fields, int afterLine, bool hasHeaders, int maxMessage, out NatsFrame frame, scoped ref int needed)
    {
        frame = default;
        int sizes = hasHeaders ? 2 : 1;
        ReadOnlySpan<byte> subject = NextField(ref fields);
        ReadOnlySpan<byte> sid = NextField(ref fields);
        ReadOnlySpan<byte> third = NextField(ref fields);
        ReadOnlySpan<byte> fourth = NextField(ref fields);
        ReadOnlySpan<byte> fifth = hasHeaders ? NextField(ref fields) : default;
        bool hasReply = hasHeaders ? !fifth.IsEmpty : !fourth.IsEmpty;
        ReadOnlySpan<byte> reply = hasReply ? third : default;
        ReadOnlySpan<byte> first = hasReply ? fourth : third;
        ReadOnlySpan<byte> last = sizes == 1 ? first : hasReply ? fifth : fourth;
        if (last.IsEmpty || !NextField(ref fields).IsEmpty)
        {
            Throw("a message line has the wrong number of fields");
        }

        int total = ParseSize(last, maxMessage);
        int headers = hasHeaders ? ParseSize(first, maxMessage) : 0;
        if (headers > total)
        {
            Throw("the headers of a message are longer than the message");
        }

        int whole = afterLine + total + 2;
        if (input.Length < whole)
        {
            needed = whole;
            return false;
        }

        if (input[whole - 2] != '\r' || input[whole - 1] != '\n')
        {
            Throw("a message does not end where its size says");
        }

        frame = new NatsFrame
        {
            Kind = NatsFrameKind.Message,
            Length = whole,
            Sid = ParseSize(sid, int.MaxValue),
            Subject = subject,
            ReplyTo = reply,
            Headers = input.Slice(afterLine, headers),
            Payload = input.Slice(afterLine + headers, total - headers),
        };
        return true;
    }

    private static ReadOnlySpan<byte> NextField(scoped ref ReadOnlySpan<byte> rest)
    {
        int start = 0;
        while (start < rest.Length && rest[start] is (byte)' ' or (byte)'\t')
        {
            start++;
        }

        int end = start;
        while (end < rest.Length && rest[end] is not ((byte)' ' or (byte)'\t'))
        {
            end++;
        }

        ReadOnlySpan<byte> field = rest[start..end];
        rest = rest[end..];
        return field;
    }

    private static int ParseSize(ReadOnlySpan<byte> digits, int max)
    {
        if (digits.Length is 0 or > 10)
        {
            Throw("a number is missing or too long");
        }

        long value = 0;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                Throw("a number holds something else than digits");
            }

            value = (value * 10) + (digit - '0');
        }

        if (value > max)
        {
            Throw($"a size of {value} is over the limit of {max}");
        }

        return (int)value;
    }

    // A line that cannot become an operation is refused at its first bytes, not after thousands.
    private static void RejectUnknownStart(ReadOnlySpan<byte> input)
    {
        if (!(CouldBe(input, "MSG"u8) || CouldBe(input, "HMSG"u8) || CouldBe(input, "PING"u8) || CouldBe(input, "PONG"u8)
            || CouldBe(input, "INFO"u8) || CouldBe(input, "+OK"u8) || CouldBe(input, "-ERR"u8)))
        {
            Throw("an unknown operation");
        }
    }

    private static bool CouldBe(ReadOnlySpan<byte> input, ReadOnlySpan<byte> verb) =>
        StartsWith(input, verb[..Math.Min(verb.Length, input.Length)]);

    private static bool StartsWith(ReadOnlySpan<byte> line, ReadOnlySpan<byte> verb)
    {
        if (line.Length < verb.Length)
        {
            return false;
        }

        for (int i = 0; i < verb.Length; i++)
        {
            byte c = line[i];
            byte upper = c is >= (byte)'a' and <= (byte)'z' ? (byte)(c - 0x20) : c;
            if (upper != verb[i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsVerb(ReadOnlySpan<byte> line, ReadOnlySpan<byte> verb) =>
        StartsWith(line, verb) && line.Length > verb.Length && line[verb.Length] is (byte)' ' or (byte)'\t' or (byte)'{';

    private static bool IsWord(ReadOnlySpan<byte> line, ReadOnlySpan<byte> verb) => StartsWith(line, verb) && Trim(line[verb.Length..]).IsEmpty;

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    private static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> text) => Trim(text).Trim((byte)'\'');

    private static void Throw(string what) => throw new NatsProtocolException($"The server broke the protocol: {what}.");
}
