using System.Text;

namespace TypedTasks.Nats.Protocol;

/// <summary>
/// The answer to a JetStream publish, read without a JSON object: it is on the hot path, its shape is fixed, and newer servers add fields, which are skipped.
/// </summary>
internal readonly struct PubAck
{
    /// <summary>Whether the bytes were an answer at all.</summary>
    public bool IsValid { get; private init; }

    /// <summary>The sequence under which the message is stored.</summary>
    public ulong Sequence { get; private init; }

    /// <summary>Whether the server knew the message's id.</summary>
    public bool IsDuplicate { get; private init; }

    /// <summary>The JetStream error code; 0 when there was none.</summary>
    public int ErrorCode { get; private init; }

    /// <summary>The HTTP-like code beside it.</summary>
    public int StatusCode { get; private init; }

    /// <summary>Reads an answer.</summary>
    public static PubAck Parse(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json[0] != '{' || json[^1] != '}')
        {
            return default;
        }

        if (json.IndexOf("\"error\""u8) is >= 0 and int error)
        {
            ReadOnlySpan<byte> body = json[error..];
            return new PubAck { IsValid = true, ErrorCode = (int)Number(body, "\"err_code\""u8), StatusCode = (int)Number(body, "\"code\""u8) };
        }

        ulong sequence = Number(json, "\"seq\""u8);
        return new PubAck { IsValid = sequence > 0, Sequence = sequence, IsDuplicate = IsTrue(json, "\"duplicate\""u8) };
    }

    /// <summary>The description of an error answer, for messages; allocates.</summary>
    public static string Description(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> value = ValueOf(json, "\"description\""u8);
        if (value.IsEmpty || value[0] != '"')
        {
            return "";
        }

        int end = value[1..].IndexOf((byte)'"');
        return end < 0 ? "" : Encoding.UTF8.GetString(value.Slice(1, Math.Min(end, 512)));
    }

    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        int at = json.IndexOf(name);
        if (at < 0)
        {
            return default;
        }

        ReadOnlySpan<byte> rest = json[(at + name.Length)..].TrimStart(" \t"u8);
        return rest.IsEmpty || rest[0] != ':' ? default : rest[1..].TrimStart(" \t"u8);
    }

    private static ulong Number(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        ulong value = 0;
        foreach (byte c in ValueOf(json, name))
        {
            if (!char.IsAsciiDigit((char)c) || value > ulong.MaxValue / 16)
            {
                break;
            }

            value = (value * 10) + (uint)(c - '0');
        }

        return value;
    }

    private static bool IsTrue(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) => ValueOf(json, name).StartsWith("true"u8);
}
