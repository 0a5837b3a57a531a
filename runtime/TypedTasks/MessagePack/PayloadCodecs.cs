using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TypedTasks.MessagePack;

/// <summary>
/// The codecs of types that are named at run time only: what an effect returns, what a task reports. Generated code announces those of an assembly's
/// contracts and of its types marked with <see cref="TaskPayloadAttribute">[TaskPayload]</see>; the usual built-in types are here from the start.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadCodecs
{
    static PayloadCodecs()
    {
        Register<bool, BooleanCodec>();
        Register<byte, ByteCodec>();
        Register<short, Int16Codec>();
        Register<int, Int32Codec>();
        Register<long, Int64Codec>();
        Register<uint, UInt32Codec>();
        Register<ulong, UInt64Codec>();
        Register<float, SingleCodec>();
        Register<double, DoubleCodec>();
        Register<decimal, DecimalCodec>();
        Register<char, CharCodec>();
        Register<Guid, GuidCodec>();
        Register<DateTime, DateTimeCodec>();
        Register<DateTimeOffset, DateTimeOffsetCodec>();
        Register<DateOnly, DateOnlyCodec>();
        Register<TimeOnly, TimeOnlyCodec>();
        Register<TimeSpan, TimeSpanCodec>();
        Register<string?, StringCodec>();
        Register<byte[]?, ByteArrayCodec>();
        Register<Uri?, UriCodec>();
    }

    /// <summary>Announces the codec of a type. Called by generated code; the last call holds.</summary>
    public static void Register<T, TCodec>()
        where TCodec : struct, IPayloadCodec<T> => Entry<T>.Codec = Codec<T, TCodec>.Instance;

    /// <summary>Makes sure that there is a codec, before anything is done that could not be recorded without one.</summary>
    /// <exception cref="TaskConfigurationException">No codec of <typeparamref name="T"/> was announced.</exception>
    internal static void Require<T>() => Get<T>();

    /// <exception cref="TaskConfigurationException">No codec of <typeparamref name="T"/> was announced.</exception>
    internal static byte[] ToBytes<T>(T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        Get<T>().Write(ref writer, value);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="TaskConfigurationException">No codec of <typeparamref name="T"/> was announced.</exception>
    /// <exception cref="MessagePackException">The bytes are not a <typeparamref name="T"/>.</exception>
    internal static T FromBytes<T>(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        return Get<T>().Read(ref reader);
    }

    private static Codec<T> Get<T>()
    {
        if (Entry<T>.Codec is null)
        {
            // A module initializer runs when its module's code is first used; a record that is read may come before that.
            RuntimeHelpers.RunModuleConstructor(typeof(T).Module.ModuleHandle);
        }

        return Entry<T>.Codec ?? throw new TaskConfigurationException(
            $"There is no codec for '{typeof(T)}'. Mark the type with [TaskPayload], or use it in a contract, so that the generator writes one; " +
            "of collections, wrap them in such a type.");
    }

    private static class Entry<T>
    {
        internal static Codec<T>? Codec;
    }

    /// <summary>A codec behind one virtual call, for where its type is not known at compile time.</summary>
    private abstract class Codec<T>
    {
        internal abstract void Write(ref MessagePackWriter writer, T value);

        internal abstract T Read(ref MessagePackReader reader);
    }

    private sealed class Codec<T, TCodec> : Codec<T>
        where TCodec : struct, IPayloadCodec<T>
    {
        internal static readonly Codec<T, TCodec> Instance = new();

        internal override void Write(ref MessagePackWriter writer, T value) => TCodec.Write(ref writer, value);

        internal override T Read(ref MessagePackReader reader) => TCodec.Read(ref reader);
    }
}
