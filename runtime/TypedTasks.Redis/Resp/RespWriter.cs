using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace TypedTasks.Redis.Resp;

/// <summary>
/// Writes commands: <c>*&lt;n&gt; CRLF</c> and n times <c>$&lt;length&gt; CRLF &lt;bytes&gt; CRLF</c>. Everything carries its length, so no argument can become a command.
/// </summary>
internal static class RespWriter
{
    /// <summary>The most that a header takes: its sign, eleven digits and CRLF.</summary>
    internal const int MaxHeader = 16;

    /// <summary>Starts a command of <paramref name="parts"/> parts, its name included.</summary>
    internal static void WriteCommand(this RespBuffer buffer, int parts) => buffer.WriteHeader((byte)'*', parts);

    internal static void WriteBulk(this RespBuffer buffer, ReadOnlySpan<byte> bytes) => buffer.WriteBulk(bytes, default);

    /// <summary>One argument of two parts.</summary>
    internal static void WriteBulk(this RespBuffer buffer, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int length = first.Length + second.Length;
        Span<byte> span = buffer.GetSpan(length + MaxHeader + 2);
        int written = Header(span, (byte)'$', length);
        first.CopyTo(span[written..]);
        second.CopyTo(span[(written + first.Length)..]);
        written += length;
        span[written] = (byte)'\r';
        span[written + 1] = (byte)'\n';
        buffer.Advance(written + 2);
    }

    internal static void WriteBulk(this RespBuffer buffer, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Span<byte> span = buffer.GetSpan(length + MaxHeader + 2);
        int written = Header(span, (byte)'$', length);
        written += Encoding.UTF8.GetBytes(text, span[written..]);
        span[written] = (byte)'\r';
        span[written + 1] = (byte)'\n';
        buffer.Advance(written + 2);
    }

    internal static void WriteBulk(this RespBuffer buffer, long number)
    {
        Span<byte> digits = stackalloc byte[20];
        bool formatted = Utf8Formatter.TryFormat(number, digits, out int length);
        Debug.Assert(formatted);
        buffer.WriteBulk(digits[..length]);
    }

    /// <summary>Writes <c>$&lt;length&gt; CRLF</c> into a span; returns how much that took.</summary>
    internal static int Header(Span<byte> destination, byte type, long length)
    {
        destination[0] = type;
        bool formatted = Utf8Formatter.TryFormat(length, destination[1..], out int digits);
        Debug.Assert(formatted);
        destination[digits + 1] = (byte)'\r';
        destination[digits + 2] = (byte)'\n';
        return digits + 3;
    }

    private static void WriteHeader(this RespBuffer buffer, byte type, long length) =>
        buffer.Advance(Header(buffer.GetSpan(MaxHeader + 8), type, length));
}
