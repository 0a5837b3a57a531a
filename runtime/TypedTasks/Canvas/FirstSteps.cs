using TypedTasks.MessagePack;

namespace TypedTasks.Canvases;

/// <summary>What a sequence begins with: one step, or those of all members of its groups, and the groups that are to be known before.</summary>
internal sealed class FirstSteps
{
    private FirstSteps()
    {
    }

    /// <summary>The groups that are joined, each with what follows it.</summary>
    internal List<(SequenceGroup Group, CanvasSequence Next)> Groups { get; } = [];

    /// <summary>The steps to enqueue, each with what follows it.</summary>
    internal List<(SequenceStep Step, CanvasSequence Next)> Steps { get; } = [];

    /// <exception cref="MessagePackException">The bytes are no sequence that could begin.</exception>
    internal static FirstSteps Of(SequenceElement first, CanvasSequence rest)
    {
        var steps = new FirstSteps();
        steps.Add(first, rest);
        return steps;
    }

    private void Add(SequenceElement first, CanvasSequence rest)
    {
        switch (first)
        {
            case SequenceStep step:
                Steps.Add((step, rest));
                break;
            case SequenceGroup group:
                Add(group, rest);
                break;
            default:
                throw new MessagePackException("A sequence of a canvas begins with a step or a group.");
        }
    }

    private void Add(SequenceGroup group, CanvasSequence rest)
    {
        if (group.Join is not null)
        {
            Groups.Add((group, rest));
        }

        for (int place = 0; place < group.Members.Length; place++)
        {
            CanvasSequence end = group.Join is null ? default : CanvasSequence.Read(CanvasFormat.WriteJoin(group.Id, place));
            CanvasSequence member = CanvasSequence.Read(CanvasSequence.Read(group.Members[place]).ToBytes(end));
            if (member.Count == 0)
            {
                throw new MessagePackException("A member of a group has at least one step.");
            }

            Add(member.Take(out CanvasSequence next), next);
        }
    }
}

/// <summary>What has become of the first tasks of a canvas so far. Written from any thread.</summary>
internal sealed class CanvasStart
{
    private int _accepted;

    /// <summary>How many were accepted that had not been before.</summary>
    internal int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Whether others may have been.</summary>
    internal bool IsUncertain { get; private set; }

    internal void Count() => Interlocked.Increment(ref _accepted);

    internal void Doubt() => IsUncertain = true;
}
