using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TypedTasks.MessagePack;

/// <summary>
/// Strings of at most 32 bytes of ASCII: names, codes and ids, for which the framework's decoders cost more than the bytes do. A length is covered by
/// two loads that overlap, one from the front and one up to the end.
/// </summary>
internal static class ShortText
{
    // One object for all strings; string.Create hands out the new string's own memory, so nothing is copied.
    private static readonly SpanAction<char, ReadOnlySpan<byte>> Widen = static (text, bytes) =>
    {
        ref byte from = ref MemoryMarshal.GetReference(bytes);
        ref ushort to = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        nuint length = (uint)bytes.Length;
        switch (length)
        {
            case >= 16:
                Vector128<byte> low = Vector128.LoadUnsafe(ref from);
                Vector128<byte> high = Vector128.LoadUnsafe(ref from, length - 16);
                Vector128.WidenLower(low).StoreUnsafe(ref to);
                Vector128.WidenUpper(low).StoreUnsafe(ref to, 8);
                Vector128.WidenLower(high).StoreUnsafe(ref to, length - 16);
                Vector128.WidenUpper(high).StoreUnsafe(ref to, length - 8);
                break;
            case >= 8:
                WidenEight(ref from, ref to, 0);
                WidenEight(ref from, ref to, length - 8);
                break;
            default:
                for (nuint i = 0; i < length; i++)
                {
                    Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
                }

                break;
        }
    };

    /// <summary>Whether at most 32 bytes are ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAscii(ReadOnlySpan<byte> bytes)
    {
        ref byte from = ref MemoryMarshal.GetReference(bytes);
        nuint length = (uint)bytes.Length;
        return length switch
        {
            >= 16 => ((Vector128.LoadUnsafe(ref from) | Vector128.LoadUnsafe(ref from, length - 16)) & Vector128.Create((byte)0x80)) == default,
            >= 8 => ((Load<ulong>(ref from, 0) | Load<ulong>(ref from, length - 8)) & 0x8080_8080_8080_8080) == 0,
            >= 4 => ((Load<uint>(ref from, 0) | Load<uint>(ref from, length - 4)) & 0x8080_8080) == 0,
            > 0 => ((from | Unsafe.Add(ref from, length / 2) | Unsafe.Add(ref from, length - 1)) & 0x80) == 0,
            _ => true,
        };
    }

    /// <summary>Makes a string of at most 32 bytes of ASCII.</summary>
    public static string Make(ReadOnlySpan<byte> ascii) => string.Create(ascii.Length, ascii, Widen);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WidenEight(ref byte from, ref ushort to, nuint at) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(Load<ulong>(ref from, at)).AsByte()).StoreUnsafe(ref to, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Load<T>(ref byte from, nuint at)
        where T : unmanaged => Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref from, at));
}
