using System.Buffers;

namespace TypedTasks.Engine;

/// <summary>Something that writes an envelope: a call on its way out, or the bytes of a task that is requeued. Implemented by structs, so that nothing is boxed.</summary>
public interface IEnvelopeSource
{
    /// <summary>Writes the whole envelope.</summary>
    /// <exception cref="MessagePack.MessagePackException">An argument cannot be written.</exception>
    void WriteTo(IBufferWriter<byte> destination);
}
