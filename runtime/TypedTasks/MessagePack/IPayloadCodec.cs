using System.ComponentModel;

namespace TypedTasks.MessagePack;

/// <summary>
/// Writes and reads one type of payload. Codecs are empty structs with static methods, so that they compose at compile time
/// (<c>ListCodec&lt;Line, LineCodec&gt;</c>) and are inlined at run time, with no instance, no boxing and no reflection.
/// </summary>
/// <typeparam name="T">The type that travels.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPayloadCodec<T>
{
    /// <summary>Writes <paramref name="value"/> as one MessagePack value.</summary>
    /// <exception cref="MessagePackException">The value cannot be written, for example because it is nested too deeply.</exception>
    static abstract void Write(ref MessagePackWriter writer, T value);

    /// <summary>Reads one MessagePack value.</summary>
    /// <exception cref="MessagePackException">The bytes are not a <typeparamref name="T"/>.</exception>
    static abstract T Read(ref MessagePackReader reader);
}
