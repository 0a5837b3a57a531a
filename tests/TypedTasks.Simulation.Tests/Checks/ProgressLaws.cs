namespace TypedTasks.Simulation.Checks;

/// <summary>
/// The laws of progress: whoever watches a task sees what an attempt of that very task reported, in the order in which it did, nothing of an earlier attempt after
/// something of a later one, and nothing that an attempt began to report when it had been told to stop.
/// </summary>
internal sealed class ProgressLaws(Ledger ledger)
{
    // A value says of which run it is the how manieth report.
    private const int MostReports = 10;

    private readonly HashSet<int> _forbidden = [];

    /// <summary>A handler is about to report; returns the value to report.</summary>
    internal int Reporting(RunRecord run, TaskContext context)
    {
        int value = (run.Number * MostReports) + ++run.Reports;
        if (context.CancellationToken.IsCancellationRequested)
        {
            _forbidden.Add(value);
        }

        return value;
    }

    /// <summary>Somebody who watches a task sees a report after <paramref name="last"/>; returns what is seen now.</summary>
    internal int Seen(TaskId id, TaskProgress<int> progress, int last)
    {
        if (ledger.RunOf(progress.Value / MostReports) is not { } run || run.Id != id || progress.Value % MostReports > run.Reports)
        {
            throw ledger.Broken($"The report {progress.Value} is seen as progress of {id}, and no attempt of it made that.");
        }

        if (progress.Attempt != run.Attempt)
        {
            throw ledger.Broken($"The report {progress.Value} of {id} is seen as one of attempt {progress.Attempt}, and attempt {run.Attempt} made it.");
        }

        if (_forbidden.Contains(progress.Value))
        {
            throw ledger.Broken($"The report {progress.Value} of {id} is seen, and its attempt had been told to stop before it made it.");
        }

        if (ledger.RunOf(last / MostReports) is { } earlier && (run.Fence < earlier.Fence || (run.Fence == earlier.Fence && progress.Value < last)))
        {
            throw ledger.Broken($"The report {progress.Value} of {id}, made under fence {run.Fence}, is seen after {last}, made under fence {earlier.Fence}.");
        }

        return progress.Value;
    }
}
