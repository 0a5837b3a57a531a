using TypedTasks.Simulation.Broker;
using TypedTasks.Simulation.Outlines;

namespace TypedTasks.Simulation.Checks;

/// <summary>What has to have become of others before a step may run.</summary>
internal abstract record Before;

/// <summary>A step that has to have succeeded.</summary>
internal sealed record AfterStep(Place Step) : Before;

/// <summary>A group that has to be where its join wants it.</summary>
internal sealed record AfterGroup(JoinOn When, IReadOnlyList<IReadOnlyList<Place>> Members) : Before;

/// <summary>A step of a canvas that was enqueued, in its place; a group's join stands for the group as well.</summary>
internal sealed class Place(TaskId canvas, StepPart part, HandlerPlan plan, Before? before, bool isSpared)
{
    internal TaskId Canvas => canvas;

    internal StepPart Part => part;

    internal HandlerPlan Plan => plan;

    internal int? Key => plan.Kind == TaskKind.Keyed ? SimHandler.StepKeys + plan.Key : null;

    /// <summary>Null for what begins the canvas.</summary>
    internal Before? Before => before;

    /// <summary>What the broker has accepted for it, or null.</summary>
    internal SimTask? Task { get; set; }

    /// <summary>Whether the canvas goes on when the step fails, for a group that it belongs to is joined all the same.</summary>
    internal bool IsSpared => isSpared;

    /// <summary>Whether a run of it has come to its effect.</summary>
    internal bool HasSucceeded { get; set; }

    /// <summary>
    /// Whether it may have failed for good as far as can be seen from outside: its worker tells its group of a failure before it settles it. A handler that does not observe its token may have been given up
    /// at any time, and come to its effect all the same; that a step's key is complete does not mean that the step was in time to be told so.
    /// </summary>
    internal bool MayHaveFailed(Ledger ledger) =>
        Task is { Fence: > 0 } task && (!part.Plan.ObservesToken || ((!HasSucceeded || Key is not null || task.Fence > 1) && !ledger.IsRunning(task)));

    public override string ToString() => $"step {part.Number} of the canvas {canvas}";
}

/// <summary>Lays an outline out in places.</summary>
internal static class PlaceLayout
{
    internal static List<Place> Lay(TaskId canvas, CanvasOutline outline, List<Place> all) => Lay(canvas, outline, outline.Parts, null, isSpared: false, all);

    private static List<Place> Lay(TaskId canvas, CanvasOutline outline, IReadOnlyList<Part> parts, Before? before, bool isSpared, List<Place> all)
    {
        var sequence = new List<Place>();
        foreach (Part part in parts)
        {
            StepPart step;
            if (part is GroupPart group)
            {
                before = new AfterGroup(group.When, [.. group.Members.Select(member => Lay(canvas, outline, member, before, isSpared || group.When == JoinOn.AllEnded, all))]);
                step = group.Join;
            }
            else
            {
                step = (StepPart)part;
            }

            // The deadline is the whole canvas's, counted from where that is enqueued.
            var place = new Place(canvas, step, step.Plan with { At = outline.At, Deadline = outline.Deadline }, before, isSpared);
            sequence.Add(place);
            all.Add(place);
            before = new AfterStep(place);
        }

        return sequence;
    }
}
