namespace TypedTasks.Nats.Protocol;

/// <summary>What a server sends.</summary>
internal enum NatsFrameKind : byte
{
    /// <summary>MSG or HMSG.</summary>
    Message,

    /// <summary>INFO: the payload is its JSON.</summary>
    Info,

    /// <summary>PING.</summary>
    Ping,

    /// <summary>PONG.</summary>
    Pong,

    /// <summary>+OK.</summary>
    Ok,

    /// <summary>-ERR: the payload is its text, without quotes.</summary>
    Error,
}

/// <summary>A frame in place: slices of the reader's buffer, valid until it reads on.</summary>
internal readonly ref struct NatsFrame
{
    /// <summary>What it is.</summary>
    public required NatsFrameKind Kind { get; init; }

    /// <summary>How many bytes it takes, line ends included.</summary>
    public required int Length { get; init; }

    /// <summary>The subscription it answers.</summary>
    public int Sid { get; init; }

    /// <summary>The subject it was published to.</summary>
    public ReadOnlySpan<byte> Subject { get; init; }

    /// <summary>Where an answer goes; empty when none is wanted.</summary>
    public ReadOnlySpan<byte> ReplyTo { get; init; }

    /// <summary>The header block, its blank line included; empty when there is none.</summary>
    public ReadOnlySpan<byte> Headers { get; init; }

    /// <summary>The payload, or the text of INFO and -ERR.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Whether it is the server's word that nobody listens to what was published.</summary>
    public bool IsNoResponders => !Headers.IsEmpty && new NatsHeaders(Headers).Status == 503;
}
