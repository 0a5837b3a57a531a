using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace TypedTasks.MessagePack;

/// <summary>Network byte order at a reference whose room was checked by the caller.</summary>
internal static class BigEndian
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref byte at, ushort value) =>
        Unsafe.WriteUnaligned(ref at, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref byte at, uint value) =>
        Unsafe.WriteUnaligned(ref at, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref byte at, ulong value) =>
        Unsafe.WriteUnaligned(ref at, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);

    /// <summary>Writes a code and the two bytes after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref byte at, byte code, ushort value)
    {
        at = code;
        Write(ref Unsafe.Add(ref at, 1), value);
    }

    /// <summary>Writes a code and the four bytes after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref byte at, byte code, uint value)
    {
        at = code;
        Write(ref Unsafe.Add(ref at, 1), value);
    }

    /// <summary>Writes a code and the eight bytes after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref byte at, byte code, ulong value)
    {
        at = code;
        Write(ref Unsafe.Add(ref at, 1), value);
    }
}
