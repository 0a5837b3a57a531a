namespace TypedTasks.Nats.Protocol;

/// <summary>Reads a header block in place. A block that is malformed, which a publisher may have sent, reads as one without status and names.</summary>
internal readonly ref struct NatsHeaders
{
    private readonly ReadOnlySpan<byte> _lines;

    /// <summary>Reads the first line.</summary>
    public NatsHeaders(ReadOnlySpan<byte> block)
    {
        if (!block.StartsWith("NATS/1.0"u8))
        {
            return;
        }

        int end = block.IndexOf("\r\n"u8);
        if (end < 0)
        {
            return;
        }

        ReadOnlySpan<byte> status = block[8..end].Trim((byte)' ');
        if (status.Length >= 3 && IsDigit(status[0]) && IsDigit(status[1]) && IsDigit(status[2]) && (status.Length == 3 || status[3] == ' '))
        {
            Status = ((status[0] - '0') * 100) + ((status[1] - '0') * 10) + (status[2] - '0');
            Description = status[3..].Trim((byte)' ');
        }

        _lines = block[(end + 2)..];
    }

    /// <summary>The inline status: 100, 404, 408, 409, 503 …; 0 for an ordinary message.</summary>
    public int Status { get; }

    /// <summary>The text after the status.</summary>
    public ReadOnlySpan<byte> Description { get; }

    /// <summary>Finds the first value of a name, which is matched exactly.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> rest = _lines;
        while (true)
        {
            int end = rest.IndexOf("\r\n"u8);
            if (end <= 0)
            {
                value = default;
                return false;
            }

            ReadOnlySpan<byte> line = rest[..end];
            if (line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name))
            {
                value = line[(name.Length + 1)..].Trim((byte)' ');
                return true;
            }

            rest = rest[(end + 2)..];
        }
    }

    /// <summary>Finds the first value of a name as a number; returns false when there is none.</summary>
    public bool TryGetInt64(ReadOnlySpan<byte> name, out long value)
    {
        value = 0;
        return TryGet(name, out ReadOnlySpan<byte> text)
            && System.Buffers.Text.Utf8Parser.TryParse(text, out value, out int read) && read == text.Length;
    }

    private static bool IsDigit(byte c) => char.IsAsciiDigit((char)c);
}
