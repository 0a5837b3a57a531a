using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Checking;

/// <summary>What became of a key.</summary>
internal enum KeyState
{
    /// <summary>One run completed, and whoever asked was given that run's result.</summary>
    Once,

    /// <summary>No task of it was accepted and ran: there is nothing to say.</summary>
    Untouched,

    /// <summary>Accepted, and no run did its work.</summary>
    Lost,

    /// <summary>Two runs' results were handed out.</summary>
    Twice,

    /// <summary>A run began and did its work although another one that had begun before it completed.</summary>
    Repeated,

    /// <summary>A result was handed out that no run made.</summary>
    Invented,

    /// <summary>It was worked at, and nobody was given a result.</summary>
    Unanswered,
}

/// <summary>
/// Judges the tasks of one key. Which run completed is what waiters were told: the result names it. A run beside it that did its work too must have claimed the key
/// before it, and have been cut short: by the death of its worker, or by the loss of its lease. Whoever claims a key shuts out the claims before, and none gets through
/// after it was completed. Of one task the fence says who claimed first, for a smaller one never gets through after a greater; when its handler then begins
/// says nothing, as a claimer may be kept waiting for a processor. Another task of the key gets through only when nobody holds it: there the beginning counts.
/// </summary>
internal static class KeyCheck
{
    public static (KeyState State, int CutByKill, int CutByLease) Judge(IReadOnlyList<TaskHistory> tasks, IReadOnlyList<FaultSpan> faults)
    {
        RunId[] outcomes = [.. tasks.SelectMany(task => task.Outcomes).Distinct()];
        HandlerRun[] effects = [.. tasks.SelectMany(task => task.Runs).Where(run => run.HasEffect)];
        if (outcomes.Length == 0)
        {
            KeyState state = !tasks.Any(task => task.IsAccepted) ? KeyState.Untouched : effects.Length == 0 ? KeyState.Lost : KeyState.Unanswered;
            return (state, 0, 0);
        }

        if (outcomes.Length > 1)
        {
            return (KeyState.Twice, 0, 0);
        }

        if (Array.Find(effects, run => run.Id == outcomes[0]) is not { } completed)
        {
            return (KeyState.Invented, 0, 0);
        }

        int byKill = 0;
        int byLease = 0;
        foreach (HandlerRun other in effects.Where(run => run != completed))
        {
            if (ClaimedAfter(completed, other, faults))
            {
                return (KeyState.Repeated, 0, 0);
            }

            if (faults.Any(fault => fault.KilledWorker && fault.Process == other.Id.Process))
            {
                byKill++;
            }
            else
            {
                byLease++;
            }
        }

        return (KeyState.Once, byKill, byLease);
    }

    private static bool ClaimedAfter(HandlerRun completed, HandlerRun other, IReadOnlyList<FaultSpan> faults) => other.Number == completed.Number
        ? other.Fence > completed.Fence || (other.Fence == completed.Fence && other.StartAt > completed.StartAt)
        : other.StartAt > completed.StartAt && !StoodStill(other, completed.StartAt, faults);

    private static bool StoodStill(HandlerRun run, long since, IReadOnlyList<FaultSpan> faults) =>
        faults.Any(fault => fault.Kind == FaultKind.WorkerPause && fault.Process == run.Id.Process && fault.BeganAt < since && fault.EndedAt > since);
}
