using System.Buffers;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;

namespace TypedTasks.Canvases;

/// <summary>A step on its way out: its arguments are bytes already, and the result before it becomes the first of them.</summary>
internal readonly struct StepEnvelope(SequenceStep step, ReadOnlyMemory<byte> input, long enqueuedAt, EnvelopeAttributes attributes, int maxLength) : IEnvelopeSource
{
    private readonly EnvelopeAttributes _attributes = attributes;

    public void WriteTo(IBufferWriter<byte> destination)
    {
        var writer = new MessagePackWriter(destination, maxLength);
        EnvelopeHead.Write(ref writer, step.Id, step.Name, enqueuedAt);
        _attributes.Write(ref writer, derivedKey: default);
        if (step.IsLinked)
        {
            var arguments = new MessagePackReader(step.Arguments.Span);
            int count = arguments.ReadArrayHeader();
            writer.WriteArrayHeader(count + 1);
            writer.WriteRaw(input.Span);
            writer.WriteRaw(step.Arguments.Span[(int)arguments.Consumed..]);
        }
        else
        {
            writer.WriteRaw(step.Arguments.Span);
        }

        writer.Flush();
    }
}
