using System.Buffers;
using TypedTasks.Calls;
using TypedTasks.Engine;
using TypedTasks.MessagePack;

namespace TypedTasks.Envelopes;

/// <summary>A call on its way out: writes the envelope of <typeparamref name="TArguments"/>' task. Allocates nothing.</summary>
internal readonly struct CallEnvelope<TResult, TArguments>(
    TaskId id,
    long enqueuedAt,
    TArguments arguments,
    EnvelopeAttributes attributes,
    int maxLength) : IEnvelopeSource
    where TArguments : struct, ITaskArguments<TArguments, TResult>
{
    private readonly TArguments _arguments = arguments;
    private readonly EnvelopeAttributes _attributes = attributes;

    public void WriteTo(IBufferWriter<byte> destination)
    {
        TaskDescriptor task = TArguments.Task;
        var writer = new MessagePackWriter(destination, maxLength);
        EnvelopeHead.Write(ref writer, id, task.Utf8Name, enqueuedAt);
        if (task.Idempotency == TaskIdempotency.Keyed && _attributes.Key is null)
        {
            var key = new TaskKeyWriter(stackalloc byte[TaskKeyWriter.MaxLength]);
            TArguments.WriteKey(ref key, in _arguments);
            _attributes.Write(ref writer, key.Written);
        }
        else
        {
            _attributes.Write(ref writer, default);
        }

        TArguments.Write(ref writer, in _arguments);
        writer.Flush();
    }
}
