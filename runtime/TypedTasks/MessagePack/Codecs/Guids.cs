using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TypedTasks.MessagePack;

/// <summary>A GUID as 36 characters of text in lower case (MessagePack-CSharp's <c>GuidFormatter</c>). Reads either case; allocates nothing.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GuidCodec : IPayloadCodec<Guid>
{
    private const int TextLength = 36;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref MessagePackWriter writer, Guid value) => WriteText(ref writer, in value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Guid Read(ref MessagePackReader reader)
    {
        ReadOnlySpan<byte> text = reader.ReadStringSpan();
        if (text.Length != TextLength || !TryParse(text, out Guid value))
        {
            Malformed.Invalid("a GUID of 36 characters", reader.Consumed);
            return default;
        }

        return value;
    }

    // By reference, for a GUID that is passed in two registers is stored in halves and loaded as a whole, which waits for both.
    // Called, not inlined: all that a codec of many members inlines stands in one frame, which is cleared on every call.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteText(ref MessagePackWriter writer, in Guid value)
    {
        Span<byte> buffer = writer.GetSpan(TextLength + 2);
        buffer[0] = MessagePackCode.Str8;
        buffer[1] = TextLength;
        value.TryFormat(buffer[2..], out _);
        writer.Advance(TextLength + 2);
    }

    /// <summary>Closes the gaps of the dashes and lets the framework's vectorised decoder do the rest.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out Guid value)
    {
        if (text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
        {
            value = default;
            return false;
        }

        Span<byte> digits = stackalloc byte[32];
        text[..8].CopyTo(digits);
        text.Slice(9, 4).CopyTo(digits[8..]);
        text.Slice(14, 4).CopyTo(digits[12..]);
        text.Slice(19, 4).CopyTo(digits[16..]);
        text.Slice(24, 12).CopyTo(digits[20..]);

        Span<byte> bytes = stackalloc byte[16];
        bool valid = Convert.FromHexString(digits, bytes, out _, out _) == OperationStatus.Done;
        value = new Guid(bytes, bigEndian: true);
        return valid;
    }
}
