using TypedTasks.Envelopes;
using TypedTasks.MessagePack;
using TypedTasks.Simulation.Broker;
using TypedTasks.Simulation.Outlines;

namespace TypedTasks.Simulation.Checks;

/// <summary>
/// The laws of canvases: a step is accepted once, under one id; nothing behind a step runs before that has succeeded, and no join before its group is where it is to be; each is given the results of
/// what it follows, in order; and at the end nothing stands still that could go on.
/// </summary>
internal sealed class CanvasLaws(Ledger ledger)
{
    private readonly Dictionary<int, Place> _places = [];
    private readonly Dictionary<TaskId, Place> _accepted = [];
    private readonly HashSet<int> _completedKeys = [];

    /// <summary>A producer is about to enqueue a canvas.</summary>
    internal void Asked(TaskId canvas, CanvasOutline outline)
    {
        var places = new List<Place>();
        PlaceLayout.Lay(canvas, outline, places);
        places.ForEach(place => _places.Add(place.Part.Number, place));
    }

    /// <summary>How the handler of a step behaves.</summary>
    internal HandlerPlan PlanOf(int number) => _places[number].Plan;

    /// <summary>The broker accepts a task; returns the plan of a step of a canvas.</summary>
    internal HandlerPlan? Accepted(SimTask task)
    {
        EnvelopeView envelope = EnvelopeView.Read(task.Envelope);
        if (!envelope.IsStep)
        {
            return null;
        }

        Place place = _places[NumberOf(in envelope)];
        if (place.Task is { } other)
        {
            throw ledger.Broken($"The {place} is accepted as {task.Id}, and was as {other.Id}.");
        }

        place.Task = task;
        place.HasSucceeded = place.Key is { } key && _completedKeys.Contains(key);
        _accepted.Add(task.Id, place);
        RequireBefore(place);
        return place.Plan;
    }

    /// <summary>A handler is given the results of what its step follows; none where they are not passed on.</summary>
    internal void Started(int number, IReadOnlyList<int> inputs)
    {
        Place place = _places[number];
        if (!AreResults(place, inputs))
        {
            throw ledger.Broken($"The {place} is given {string.Join(", ", inputs)}, which are not the results of what it follows, in order.");
        }
    }

    /// <summary>A run has come to its effect: that is the success of its step, and of all that have its key.</summary>
    internal void Succeeded(RunRecord run)
    {
        if (run.Key is { } key)
        {
            _completedKeys.Add(key);
        }

        foreach (Place place in _accepted.Values)
        {
            place.HasSucceeded |= IsRunOf(place, run);
        }
    }

    /// <summary>Who waits for a canvas was told that a step has failed for good.</summary>
    internal void Told(TaskId canvas, TaskId step)
    {
        if (_accepted.GetValueOrDefault(step) is not { } place || place.Canvas != canvas)
        {
            throw ledger.Broken($"Who waits for the canvas {canvas} was told of {step}, which is no step of it.");
        }

        if (place.IsSpared)
        {
            throw ledger.Broken($"Who waits for the canvas {canvas} was told that the {place} has failed, and its group is joined all the same.");
        }
    }

    /// <summary>Who waits for a canvas was told that nobody knows it.</summary>
    internal InvariantException ToldNothing(TaskId canvas, Exception told) => ledger.Broken($"Who waits for the canvas {canvas} was told neither a result nor a failure of a step: {told.Message}");

    /// <summary>The world is at rest.</summary>
    internal void Rest()
    {
        foreach (Place place in _places.Values)
        {
            if (place.Task is null && IsDue(place.Before))
            {
                throw ledger.Broken($"The {place} was never accepted, though what it follows has ended.");
            }
        }
    }

    private void RequireBefore(Place place)
    {
        switch (place.Before)
        {
            case AfterStep { Step: { HasSucceeded: false } step }:
                throw ledger.Broken($"The {place} is accepted before {step.Part.Number}, which it follows, has succeeded.");
            case AfterGroup { When: JoinOn.AllSucceeded } group when !group.Members.All(member => member[^1].HasSucceeded):
                throw ledger.Broken($"The {place} is accepted before all members of its group have succeeded.");
            case AfterGroup { When: JoinOn.AllEnded } group when !group.Members.All(member => member[^1].HasSucceeded || MayHaveFailed(member)):
                throw ledger.Broken($"The {place} is accepted before all members of its group have ended.");
        }
    }

    // Any step, not only the last that was accepted: one that has succeeded and is then given up by a second delivery counts as failed, although what follows it runs.
    private bool MayHaveFailed(IReadOnlyList<Place> sequence) => sequence.Any(place =>
        place.MayHaveFailed(ledger) || (place.Before is AfterGroup { When: JoinOn.AllSucceeded } group && group.Members.Any(MayHaveFailed)));

    private static bool HasFailed(IReadOnlyList<Place> sequence) => sequence.Any(place =>
        place.Task?.State > TaskState.Succeeded || (place.Before is AfterGroup { When: JoinOn.AllSucceeded } group && group.Members.Any(HasFailed)));

    private static bool IsDue(Before? before) => before switch
    {
        AfterStep after => HasEndedWell(after.Step),
        AfterGroup { When: JoinOn.AllSucceeded } after => after.Members.All(member => HasEndedWell(member[^1])),
        AfterGroup after => after.Members.All(member => HasEndedWell(member[^1]) || HasFailed(member)),
        _ => true,
    };

    private static bool HasEndedWell(Place place) => place.Task?.State == TaskState.Succeeded;

    private bool AreResults(Place place, IReadOnlyList<int> inputs)
    {
        if (!place.Part.IsLinked)
        {
            return inputs.Count == 0;
        }

        if (place.Before is AfterStep after)
        {
            return inputs.Count == 1 && IsResultOf(after.Step, inputs[0]);
        }

        var group = (AfterGroup)place.Before!;
        if (group.When == JoinOn.AllSucceeded)
        {
            return inputs.Count == group.Members.Count && group.Members.Zip(inputs).All(pair => IsResultOf(pair.First[^1], pair.Second));
        }

        // Those of the members that have succeeded, in their order.
        int next = 0;
        foreach (IReadOnlyList<Place> member in group.Members)
        {
            next += next < inputs.Count && IsResultOf(member[^1], inputs[next]) ? 1 : 0;
        }

        return next == inputs.Count;
    }

    private bool IsResultOf(Place place, int number) => ledger.RunOf(number) is { HadEffect: true } run && IsRunOf(place, run);

    private static bool IsRunOf(Place place, RunRecord run) => run.Id == place.Task?.Id || (place.Key is { } key && run.Key == key);

    /// <summary>A step's number is the last of its arguments.</summary>
    private static int NumberOf(in EnvelopeView envelope)
    {
        var reader = new MessagePackReader(envelope.Arguments);
        int count = reader.ReadArrayHeader();
        reader.SkipRemaining(count - 1);
        return reader.ReadInt32();
    }
}
