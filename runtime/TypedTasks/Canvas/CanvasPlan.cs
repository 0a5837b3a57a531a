using System.Buffers;
using System.Collections.Immutable;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;

namespace TypedTasks.Canvases;

/// <summary>A place of a canvas as its handles see it.</summary>
internal abstract record PlanElement;

/// <summary>A step, by the id that it has or will have.</summary>
internal sealed record PlanStep(TaskId Id, string Name) : PlanElement;

/// <summary>Sequences side by side.</summary>
internal sealed record PlanGroup(TaskId Id, JoinOn Join, ImmutableArray<CanvasPlan> Members) : PlanElement;

/// <summary>
/// The steps that lead to one, by their ids: with it a handle of a step that is not enqueued yet finds out, in any process, how far its canvas is. Kept under <c>v:&lt;id of the last step&gt;</c>, as a MessagePack
/// array of version and elements: a step is an array of id and name, a group one of id, when it is joined and its members' elements.
/// </summary>
internal sealed record CanvasPlan(ImmutableArray<PlanElement> Elements)
{
    private const int Version = 1;
    private const int StepLength = 2;
    private const int GroupLength = 3;

    /// <summary>The steps of this plan, those of its groups included.</summary>
    internal IEnumerable<PlanStep> Steps => Elements.SelectMany(element => element switch
    {
        PlanStep step => [step],
        PlanGroup group => group.Members.SelectMany(member => member.Steps),
        _ => Enumerable.Empty<PlanStep>(),
    });

    internal static string KeyOf(TaskId id) => $"v:{id}";

    /// <summary>The plan of the sequence whose last element has this id.</summary>
    internal static CanvasPlan Of(ImmutableArray<CanvasElement> elements, TaskId id) => new(
    [
        .. elements.Select((element, place) => Of(element, CanvasFormat.ElementId(id, place, elements.Length))),
    ]);

    /// <summary>This plan and what comes behind it.</summary>
    internal CanvasPlan Then(CanvasPlan behind) => new(Elements.AddRange(behind.Elements));

    internal byte[] ToBytes()
    {
        ArrayBufferWriter<byte> buffer = ScratchBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(2);
        writer.Write(Version);
        Write(ref writer);
        writer.Flush();
        return ScratchBuffer.Take(buffer);
    }

    /// <exception cref="MessagePackException">The bytes are no plan of a known version.</exception>
    internal static CanvasPlan Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes.Span);
        return reader.ReadArrayHeader() >= 2 && reader.ReadInt32() == Version
            ? Read(ref reader)
            : throw new MessagePackException("This is no plan of a canvas that this client knows.");
    }

    private static PlanElement Of(CanvasElement element, TaskId id) => element switch
    {
        CanvasStep step => new PlanStep(id, step.Task.Name),
        CanvasGroup group => new PlanGroup(id, group.Join ?? JoinOn.AllEnded, [.. group.Members.Select((member, place) => Of(member, CanvasFormat.MemberId(id, place)))]),
        _ => throw new ArgumentOutOfRangeException(nameof(element)),
    };

    private void Write(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(Elements.Length);
        foreach (PlanElement element in Elements)
        {
            switch (element)
            {
                case PlanStep step:
                    writer.WriteArrayHeader(StepLength);
                    EnvelopeAttributes.WriteId(ref writer, step.Id);
                    writer.WriteString(step.Name);
                    break;
                case PlanGroup group:
                    writer.WriteArrayHeader(GroupLength);
                    EnvelopeAttributes.WriteId(ref writer, group.Id);
                    writer.Write((int)group.Join);
                    writer.WriteArrayHeader(group.Members.Length);
                    foreach (CanvasPlan member in group.Members)
                    {
                        member.Write(ref writer);
                    }

                    break;
            }
        }
    }

    private static CanvasPlan Read(ref MessagePackReader reader)
    {
        // The nesting is bounded by the reader, the number by the bytes that are there.
        reader.Enter();
        int count = reader.ReadArrayHeader();
        ImmutableArray<PlanElement>.Builder elements = ImmutableArray.CreateBuilder<PlanElement>();
        for (int place = 0; place < count; place++)
        {
            elements.Add(reader.ReadArrayHeader() switch
            {
                StepLength => new PlanStep(EnvelopeView.ReadId(ref reader), reader.ReadString() ?? string.Empty),
                GroupLength => new PlanGroup(EnvelopeView.ReadId(ref reader), (JoinOn)reader.ReadInt32(), ReadMembers(ref reader)),
                var length => throw new MessagePackException($"This client knows no element of a plan with {length} parts."),
            });
        }

        reader.Leave();
        return new CanvasPlan(elements.ToImmutable());
    }

    private static ImmutableArray<CanvasPlan> ReadMembers(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        ImmutableArray<CanvasPlan>.Builder members = ImmutableArray.CreateBuilder<CanvasPlan>();
        for (int place = 0; place < count; place++)
        {
            members.Add(Read(ref reader));
        }

        return members.ToImmutable();
    }
}
