using TypedTasks.MessagePack;

namespace TypedTasks.Worker;

/// <summary>Writes the result of a task that has none: nil.</summary>
internal readonly struct NoResultCodec : IPayloadCodec<NoResult>
{
    public static void Write(ref MessagePackWriter writer, NoResult value) => writer.WriteNil();

    public static NoResult Read(ref MessagePackReader reader)
    {
        reader.Skip();
        return default;
    }
}
