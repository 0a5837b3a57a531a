namespace TypedTasks.Nats.Protocol;

/// <summary>
/// What a delivery's reply subject says of it.
/// Version 1, 9 tokens: <c>$JS.ACK.&lt;stream&gt;.&lt;consumer&gt;.&lt;delivered&gt;.&lt;stream seq&gt;.&lt;consumer seq&gt;.&lt;time&gt;.&lt;pending&gt;</c>;
/// version 2, 11 or more: the same behind a domain and an account. Counted from the left, never from the right.
/// </summary>
internal readonly struct AckSubject
{
    /// <summary>How often the server delivered the message, this time included. Restarts at 1 when a broker is killed.</summary>
    public int Delivered { get; private init; }

    /// <summary>The message's place in its stream.</summary>
    public ulong StreamSequence { get; private init; }

    /// <summary>The delivery's number within its consumer.</summary>
    public ulong ConsumerSequence { get; private init; }

    /// <summary>When the message was stored, in nanoseconds since 1970.</summary>
    public long Timestamp { get; private init; }

    /// <summary>Reads a reply subject.</summary>
    public static bool TryParse(ReadOnlySpan<byte> subject, out AckSubject result)
    {
        result = default;
        if (!subject.StartsWith("$JS.ACK."u8))
        {
            return false;
        }

        int tokens = subject.Count((byte)'.') + 1;
        if (tokens != 9 && tokens < 11)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = subject[8..];
        for (int skip = tokens == 9 ? 2 : 4; skip > 0; skip--)
        {
            NextToken(ref rest);
        }

        if (!TryNumber(NextToken(ref rest), out ulong delivered) || !TryNumber(NextToken(ref rest), out ulong streamSequence)
            || !TryNumber(NextToken(ref rest), out ulong consumerSequence) || !TryNumber(NextToken(ref rest), out ulong timestamp))
        {
            return false;
        }

        result = new AckSubject
        {
            Delivered = (int)Math.Clamp(delivered, 1, int.MaxValue),
            StreamSequence = streamSequence,
            ConsumerSequence = consumerSequence,
            Timestamp = (long)Math.Min(timestamp, long.MaxValue),
        };
        return true;
    }

    private static ReadOnlySpan<byte> NextToken(scoped ref ReadOnlySpan<byte> rest)
    {
        int dot = rest.IndexOf((byte)'.');
        ReadOnlySpan<byte> token = dot < 0 ? rest : rest[..dot];
        rest = dot < 0 ? default : rest[(dot + 1)..];
        return token;
    }

    private static bool TryNumber(ReadOnlySpan<byte> token, out ulong value)
    {
        value = 0;
        if (token.Length is 0 or > 20)
        {
            return false;
        }

        foreach (byte c in token)
        {
            if (!char.IsAsciiDigit((char)c))
            {
                return false;
            }

            value = unchecked((value * 10) + (uint)(c - '0'));
        }

        return true;
    }
}
