using System.Buffers;
using System.Buffers.Text;

namespace TypedTasks.Nats.Protocol;

/// <summary>
/// A PUB or HPUB frame under construction, in one growing array that is used again and again. Sizes are written behind the payload,
/// into fields of fixed width that were left free: the payload writes itself straight into the frame, and nobody needs to know its length before.
/// </summary>
/// <remarks>Owned by one call at a time; not safe for two threads.</remarks>
internal sealed class OutgoingFrame : IBufferWriter<byte>
{
    private const int SizeDigits = 8;
    private const int KeptCapacity = 64 * 1024;
    private const int VerbLength = 5;

    private byte[] _bytes = new byte[512];
    private int _start;
    private int _sizesAt;
    private int _headersAt;
    private int _payloadAt;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>How many there are.</summary>
    public int Length { get; private set; }

    /// <summary>The reply subject inside the frame, to be written when it is known.</summary>
    public Span<byte> Reply => _bytes.AsSpan(ReplyAt, ReplyLength);

    /// <summary>The subject inside the frame.</summary>
    public ReadOnlySpan<byte> Subject => _bytes.AsSpan(_start + VerbLength, SubjectLength);

    /// <summary>The size of headers and payload together, as the server counts it.</summary>
    public int MessageLength => Length - 2 - _headersAt;

    /// <summary>The size of the payload. Known once the frame is ended.</summary>
    public int PayloadLength => Length - 2 - _payloadAt;

    /// <summary>The payload of a frame that was ended.</summary>
    public ReadOnlySpan<byte> Payload => _bytes.AsSpan(_payloadAt, PayloadLength);

    private int SubjectLength { get; set; }

    private int ReplyAt { get; set; }

    private int ReplyLength { get; set; }

    /// <summary>Starts a frame whose subject is appended next, in the place of what was written before.</summary>
    public void Begin()
    {
        Clear();
        BeginNext();
    }

    /// <summary>Drops what was written.</summary>
    public void Clear()
    {
        if (_bytes.Length > KeptCapacity)
        {
            _bytes = new byte[512];
        }

        Length = 0;
    }

    /// <summary>
    /// Starts another frame behind those that were ended: they are sent together, in this order. What this object says of a frame, its reply subject included, it says of the last one.
    /// </summary>
    public void BeginNext()
    {
        _start = Length;
        Append("HPUB "u8);
    }

    /// <summary>Ends the subject, leaves room for the reply subject and the sizes, and starts the headers.</summary>
    public void BeginHeaders(int replyLength)
    {
        SubjectLength = Length - _start - VerbLength;
        Append(" "u8);
        ReplyAt = Length;
        ReplyLength = replyLength;
        if (replyLength > 0)
        {
            GetSpan(replyLength)[..replyLength].Fill((byte)'x');
            Advance(replyLength);
            Append(" "u8);
        }

        _sizesAt = Length;
        Append("00000000 00000000\r\n"u8);
        _headersAt = Length;
        Append("NATS/1.0\r\n"u8);
    }

    /// <summary>Ends the headers and starts the payload.</summary>
    public void BeginPayload()
    {
        Append("\r\n"u8);
        _payloadAt = Length;
    }

    /// <summary>Starts the payload of a frame without headers: a PUB.</summary>
    public void BeginPayloadWithoutHeaders(int replyLength)
    {
        BeginHeaders(replyLength);
        "PUB  "u8.CopyTo(_bytes.AsSpan(_start));
        Length = _sizesAt;
        Append("00000000\r\n"u8);
        _headersAt = Length;
        _payloadAt = Length;
    }

    /// <summary>Ends the frame: writes the sizes.</summary>
    public void End()
    {
        int total = Length - _headersAt;
        if (_payloadAt == _headersAt)
        {
            WriteSize(_sizesAt, total);
        }
        else
        {
            WriteSize(_sizesAt, _payloadAt - _headersAt);
            WriteSize(_sizesAt + SizeDigits + 1, total);
        }

        Append("\r\n"u8);
    }

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Appends a text of ASCII characters.</summary>
    public void AppendText(string text) => Length += System.Text.Encoding.ASCII.GetBytes(text, GetSpan(text.Length));

    /// <summary>Appends a number in decimal digits.</summary>
    public void Append(long value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(20), out int written);
        Length += written;
    }

    /// <summary>Appends a header whose value is a number.</summary>
    public void AppendHeader(ReadOnlySpan<byte> nameAndColon, long value)
    {
        Append(nameAndColon);
        Append(value);
        Append("\r\n"u8);
    }

    /// <summary>Appends a task's id as 32 hex digits.</summary>
    public void Append(TaskId id)
    {
        id.TryFormat(GetSpan(32), out int written, "N", null);
        Length += written;
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - Length);
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _bytes.AsSpan(Length);
    }

    private void EnsureRoom(int size)
    {
        size = Math.Max(size, 1);
        if (_bytes.Length - Length < size)
        {
            int capacity = checked((int)Math.Max((long)Length + size, Math.Min(2L * _bytes.Length, Array.MaxLength)));
            Array.Resize(ref _bytes, capacity);
        }
    }

    private void WriteSize(int at, int value)
    {
        for (int i = at + SizeDigits - 1; i >= at; i--)
        {
            _bytes[i] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }
}
