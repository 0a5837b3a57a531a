using System.ComponentModel;

namespace TypedTasks.MessagePack;

/// <summary>A sequence as an array; read as an array; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EnumerableCodec<T, TCodec> : IPayloadCodec<IEnumerable<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IEnumerable<T>? value) => Elements.Write<T, TCodec>(ref writer, value);

    /// <inheritdoc/>
    public static IEnumerable<T>? Read(ref MessagePackReader reader) =>
        ArrayCodec<T, TCodec>.Read(ref reader);
}

/// <summary>A countable sequence as an array; read as an array; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReadOnlyCollectionInterfaceCodec<T, TCodec> : IPayloadCodec<IReadOnlyCollection<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IReadOnlyCollection<T>? value) => Elements.Write<T, TCodec>(ref writer, value);

    /// <inheritdoc/>
    public static IReadOnlyCollection<T>? Read(ref MessagePackReader reader) =>
        ArrayCodec<T, TCodec>.Read(ref reader);
}

/// <summary>A read-only list as an array; read as an array; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReadOnlyListInterfaceCodec<T, TCodec> : IPayloadCodec<IReadOnlyList<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IReadOnlyList<T>? value) => Elements.Write<T, TCodec>(ref writer, value);

    /// <inheritdoc/>
    public static IReadOnlyList<T>? Read(ref MessagePackReader reader) =>
        ArrayCodec<T, TCodec>.Read(ref reader);
}

/// <summary>A collection as an array; read as a <see cref="List{T}"/>; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CollectionInterfaceCodec<T, TCodec> : IPayloadCodec<ICollection<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ICollection<T>? value) => Elements.Write<T, TCodec>(ref writer, value);

    /// <inheritdoc/>
    public static ICollection<T>? Read(ref MessagePackReader reader) =>
        ListCodec<T, TCodec>.Read(ref reader);
}

/// <summary>A list as an array; read as a <see cref="List{T}"/>; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ListInterfaceCodec<T, TCodec> : IPayloadCodec<IList<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IList<T>? value) => Elements.Write<T, TCodec>(ref writer, value);

    /// <inheritdoc/>
    public static IList<T>? Read(ref MessagePackReader reader) =>
        ListCodec<T, TCodec>.Read(ref reader);
}
