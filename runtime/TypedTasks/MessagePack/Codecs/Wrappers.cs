using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace TypedTasks.MessagePack;

/// <summary>An enum as its number. A number without a name is kept, as a newer sender may know its name.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
/// <typeparam name="TNumber">Its underlying type: what <c>enum E : TNumber</c> says, else <see cref="int"/>.</typeparam>
/// <typeparam name="TNumberCodec">The codec of the underlying type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EnumCodec<TEnum, TNumber, TNumberCodec> : IPayloadCodec<TEnum>
    where TEnum : struct, Enum
    where TNumber : unmanaged
    where TNumberCodec : IPayloadCodec<TNumber>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, TEnum value) =>
        TNumberCodec.Write(ref writer, Unsafe.BitCast<TEnum, TNumber>(value));

    /// <inheritdoc/>
    public static TEnum Read(ref MessagePackReader reader) => Unsafe.BitCast<TNumber, TEnum>(TNumberCodec.Read(ref reader));
}

/// <summary>A value type that may be null; null is nil.</summary>
/// <typeparam name="T">The value type.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NullableCodec<T, TCodec> : IPayloadCodec<T?>
    where T : struct
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            TCodec.Write(ref writer, value.GetValueOrDefault());
        }
    }

    /// <inheritdoc/>
    public static T? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : TCodec.Read(ref reader);
}

/// <summary>
/// A reference type that may not be null, where its codec would let it: the elements of a <c>List&lt;string&gt;</c> are read by
/// <c>NotNullCodec&lt;string, StringCodec&gt;</c>. Null is refused on either side.
/// </summary>
/// <typeparam name="T">The reference type.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NotNullCodec<T, TCodec> : IPayloadCodec<T>
    where T : class
    where TCodec : IPayloadCodec<T?>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref MessagePackWriter writer, T value)
    {
        if (value is null)
        {
            ThrowNil();
        }

        TCodec.Write(ref writer, value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read(ref MessagePackReader reader)
    {
        T? value = TCodec.Read(ref reader);
        if (value is null)
        {
            ThrowNil();
        }

        return value;
    }

    [DoesNotReturn]
    private static void ThrowNil() => Payload.ThrowNil(typeof(T).Name);
}
