using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Checking;

/// <summary>How long things take after a fault, read from the ledgers.</summary>
internal static class Recoveries
{
    public static void Measure(Verdict verdict, History history)
    {
        long[] accepted = [.. history.Tasks.Where(task => task.IsAccepted).Select(task => task.AcceptedAt).Order()];
        long[] effects = [.. history.Tasks.SelectMany(task => task.Runs).Where(run => run.HasEffect).Select(run => run.EffectAt).Order()];
        var found = new List<Recovery?>();
        foreach (IGrouping<FaultKind, FaultSpan> kind in history.Faults.Where(fault => fault.IsOfBroker).GroupBy(fault => fault.Kind))
        {
            string name = Experiment.NameOf(kind.Key);
            found.Add(Summary($"{name}: until it is whole", kind.Select(fault => fault.EndedAt - fault.BeganAt)));
            found.Add(Summary($"{name}: until a task is accepted", kind.Select(fault => FirstAfter(accepted, fault))));
            found.Add(Summary($"{name}: until a task is worked at", kind.Select(fault => FirstAfter(effects, fault))));
        }

        FaultSpan[] deaths = [.. history.Faults.Where(fault => fault.KilledWorker || fault.Kind == FaultKind.WorkerPause)];
        foreach (IGrouping<FaultKind, FaultSpan> kind in deaths.GroupBy(fault => fault.Kind))
        {
            found.Add(Summary($"{Experiment.NameOf(kind.Key)}: until a task that it cut short begins again", kind.SelectMany(fault => Reruns(history, fault))));
        }

        if (history.Tasks.Any(task => task.IsAttempted && task.DueAt - task.AcceptedAt > 100_000))
        {
            found.Add(Summary("delayed task: from its time to its beginning", history.Tasks.Where(task => task.Runs.Count > 0).Select(task => task.Runs.Min(run => run.StartAt) - task.DueAt)));
        }

        verdict.Recoveries = [.. found.OfType<Recovery>()];
    }

    private static IEnumerable<long> Reruns(History history, FaultSpan death) =>
        from task in history.Tasks
        from cut in task.Runs
        where cut.Id.Process == death.Process && cut.StartAt < death.BeganAt && (!cut.HasEffect || cut.EffectAt > death.BeganAt)
        let next = task.Runs.Where(run => run.Id.Process != death.Process && run.StartAt > death.BeganAt).Select(run => run.StartAt).DefaultIfEmpty(0).Min()
        where next > 0
        select next - death.BeganAt;

    private static long FirstAfter(long[] times, FaultSpan fault)
    {
        int at = Array.BinarySearch(times, fault.EndedAt);
        at = at < 0 ? ~at : at + 1;
        return at < times.Length && fault.EndedAt != long.MaxValue ? times[at] - fault.BeganAt : -1;
    }

    private static Recovery? Summary(string what, IEnumerable<long> micros)
    {
        double[] sorted = [.. micros.Where(time => time >= 0 && time < long.MaxValue / 2).Order().Select(time => time / 1000.0)];
        return sorted.Length == 0 ? null : new Recovery(what, sorted.Length, sorted[sorted.Length / 2], sorted[^1]);
    }
}
