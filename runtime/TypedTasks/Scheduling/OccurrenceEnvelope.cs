using System.Buffers;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;

namespace TypedTasks.Scheduling;

/// <summary>The task of an occurrence on its way out: its arguments are bytes already.</summary>
internal readonly struct OccurrenceEnvelope(ScheduleRegistration registration, TaskId id, long enqueuedAt, EnvelopeAttributes attributes, int maxLength) : IEnvelopeSource
{
    private readonly EnvelopeAttributes _attributes = attributes;

    public void WriteTo(IBufferWriter<byte> destination)
    {
        var writer = new MessagePackWriter(destination, maxLength);
        EnvelopeHead.Write(ref writer, id, registration.Task.Utf8Name, enqueuedAt);
        _attributes.Write(ref writer, derivedKey: default);
        writer.WriteRaw(registration.Arguments.Span);
        writer.Flush();
    }
}
