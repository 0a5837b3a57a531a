using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace TypedTasks.MessagePack;

/// <summary>What generated codecs need beside the writer and the reader: the checks, and the exceptions in one place so that readers stay small.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Payload
{
    /// <summary>Checks a member that was read, or is to be written.</summary>
    /// <param name="value">The member's value.</param>
    /// <param name="member">The member as <c>Type.Member</c>, for the message.</param>
    /// <returns><paramref name="value"/>.</returns>
    /// <exception cref="MessagePackException">It is nil.</exception>
    [return: NotNull]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NotNull<T>([NotNull] T? value, string member)
        where T : class?
    {
        if (value is null)
        {
            ThrowNil(member);
        }

        return value;
    }

    /// <summary>The room to make for declared elements before any is read: a count that was declared but never arrives must not allocate much.</summary>
    /// <param name="count">How many elements were declared.</param>
    /// <returns>At most <paramref name="count"/>.</returns>
    public static int Capacity<T>(int count) => Elements.Capacity<T>(count);

    /// <summary>Doubles the room of a full array, up to the declared count.</summary>
    /// <param name="values">The full array, replaced by a larger one.</param>
    /// <param name="count">How many elements were declared; more than the array holds.</param>
    public static void Grow<T>(ref T[] values, int count)
    {
        ArgumentNullException.ThrowIfNull(values);
        Array.Resize(ref values, (int)Math.Min(count, 2L * values.Length));
    }

    /// <summary>Reads the header of an array whose length is part of its format, such as a tuple.</summary>
    /// <exception cref="MessagePackException">It is something else, or has another length.</exception>
    public static void ReadExactArrayHeader(ref MessagePackReader reader, int count)
    {
        int actual = reader.ReadArrayHeader();
        if (actual != count)
        {
            throw new MessagePackException($"The array before byte {reader.Consumed} has {actual} elements where {count} are expected.");
        }
    }

    /// <summary>Remembers that a member of a map was read, so that a name that comes twice is refused.</summary>
    /// <param name="seen">The members read so far, a bit each; a type of more than 64 members has one such number for each 64.</param>
    /// <param name="index">The member's number, modulo 64.</param>
    /// <param name="member">The member as <c>Type.Member</c>, for the message.</param>
    /// <exception cref="MessagePackException">It was read before.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void See(ref ulong seen, int index, string member)
    {
        ulong bit = 1ul << index;
        if ((seen & bit) != 0)
        {
            ThrowDuplicate(member);
        }

        seen |= bit;
    }

    /// <summary>Says that a member comes twice.</summary>
    /// <exception cref="MessagePackException">Always.</exception>
    [DoesNotReturn]
    public static void ThrowDuplicate(string member) => throw new MessagePackException($"'{member}' occurs twice in the payload.");

    /// <summary>Says that a member is nil and may not be.</summary>
    /// <exception cref="MessagePackException">Always.</exception>
    [DoesNotReturn]
    public static void ThrowNil(string member) => throw new MessagePackException($"The value is nil but '{member}' is not nullable.");

    /// <summary>Says that a member without a default is missing.</summary>
    /// <exception cref="MessagePackException">Always.</exception>
    [DoesNotReturn]
    public static void ThrowMissing(string member) => throw new MessagePackException($"'{member}' is required but missing from the payload.");

    /// <summary>Says that a union carries a key that is none of its cases, when reading.</summary>
    /// <exception cref="MessagePackException">Always.</exception>
    [DoesNotReturn]
    public static void ThrowUnknownUnion(int key, string union) =>
        throw new MessagePackException($"{key} is not the key of a case of the union '{union}'. Was it sent by a newer version?");

    /// <summary>Says that an object is no case of its union, when writing.</summary>
    /// <exception cref="MessagePackException">Always.</exception>
    [DoesNotReturn]
    public static void ThrowUnknownUnion(object value, string union)
    {
        ArgumentNullException.ThrowIfNull(value);
        throw new MessagePackException($"'{value.GetType()}' is not a case of the union '{union}'. Give it a [Union] attribute there.");
    }
}
