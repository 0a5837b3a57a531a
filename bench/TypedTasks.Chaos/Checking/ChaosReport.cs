using System.Globalization;
using System.Text;
using System.Text.Json;
using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Checking;

/// <summary>What is left in the engine when a run is over.</summary>
internal sealed record EngineState(long Ready, long Delayed, long InFlight, long DeadLetters);

/// <summary>A run and what came of it, for people and for scripts.</summary>
internal sealed record ChaosReport(ChaosOptions Options, string Broker, Verdict Verdict)
{
    /// <summary>Null when the ledgers are read again later.</summary>
    public EngineState? Left { get; init; }

    /// <summary>Of processes that lived for the whole run, when it was long enough to say something.</summary>
    public IReadOnlyList<MemoryTrend> Memory { get; init; } = [];

    public double Seconds { get; init; }

    /// <summary>The broker loses what its setting allows it to lose.</summary>
    public static bool IsLossy(ChaosOptions options) => options is { Engine: "redis", Storage: "everysec" };

    private string Words => !Verdict.IsValid ? "NOT VALID"
        : Verdict.LostWithinSetting + Verdict.KeysTwiceWithinSetting > 0 ? "valid: nothing was lost or completed twice but what the setting allows"
        : Verdict.Graphs > 0 ? "valid: every graph ended with its result, every join fired exactly once"
        : Verdict.Occurrences > 0 ? "valid: every occurrence was worked at, none was enqueued twice, none came before its time"
        : "valid: every accepted task was worked at, no key was completed twice";

    private string Faults => Options.Experiment.Faults.Count == 0 ? "none" : string.Join(", ", Options.Experiment.Faults.Select(planned =>
    {
        int done = Done(planned.Key);
        return string.Create(CultureInfo.InvariantCulture, $"{done:N0} {Experiment.NameOf(planned.Key)}{(done < planned.Value ? $" (of {planned.Value:N0} planned)" : "")}");
    }));

    private int Done(FaultKind fault) => Verdict.Faults.GetValueOrDefault(fault);

    public string ToJson() => JsonSerializer.Serialize(new
    {
        engine = Options.Engine,
        broker = Broker,
        experiment = Options.Experiment.Name,
        faults = Options.Experiment.Faults.ToDictionary(fault => Experiment.NameOf(fault.Key), fault => Done(fault.Key)),
        seed = Options.Seed,
        tasks = Options.Tasks,
        seconds = Math.Round(Seconds, 1),
        valid = Verdict.IsValid,
        attempted = Verdict.Attempted,
        accepted = Verdict.Accepted,
        recovered = Verdict.Recovered,
        unconfirmed = Verdict.Unconfirmed,
        refused = Verdict.Refused,
        lost = Verdict.Lost,
        lostWithinSetting = Verdict.LostWithinSetting,
        duplicated = Verdict.Duplicated,
        keys = Verdict.Keys,
        keysCompletedOnce = Verdict.KeysOnce,
        keysTwiceWithinSetting = Verdict.KeysTwiceWithinSetting,
        cutByKill = Verdict.CutByKill,
        cutByLease = Verdict.CutByLease,
        deadLetters = Verdict.DeadLetters,
        mostAttempts = Verdict.MostAttempts,
        graphs = Verdict.Graphs,
        graphsRight = Verdict.GraphsRight,
        joins = Verdict.Joins,
        joinsOnce = Verdict.JoinsOnce,
        joinsLost = Verdict.JoinsLost,
        joinsDoubled = Verdict.JoinsDoubled,
        occurrences = Verdict.Occurrences,
        occurrencesOnce = Verdict.OccurrencesOnce,
        occurrencesDoubled = Verdict.OccurrencesDoubled,
        left = Left,
        recoveries = Verdict.Recoveries,
        memory = Memory,
        violations = Verdict.Violations.Select(one => new { what = one.What.ToString(), count = one.Count, tasks = one.Tasks }),
    }, JsonSerializerOptions.Web);

    /// <summary>The report in a line of a table.</summary>
    public string ToRow()
    {
        string verdict = Verdict.IsValid ? "valid" : $"NOT VALID: {string.Join(", ", Verdict.Violations.Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.What} {one.Count:N0}")))}";
        double? longest = Verdict.Recoveries.Where(static recovery => recovery.What.EndsWith("whole", StringComparison.Ordinal)).Select(static recovery => (double?)recovery.Max).Max();
        return string.Create(CultureInfo.InvariantCulture,
            $"| {Options.Experiment.Name} | {Broker.Split(',')[0]} | {Faults} | {Verdict.Accepted:N0} | {Verdict.Lost:N0} | {Verdict.Duplicated:N0} | {Verdict.KeysOnce:N0} of {Verdict.Keys:N0} | {Verdict.CutByKill:N0}, {Verdict.CutByLease:N0} | {(longest is { } ms ? string.Create(CultureInfo.InvariantCulture, $"{ms:N0} ms") : "–")} | {verdict} |");
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        Line("experiment", $"{Options.Experiment.Name} on {Options.Engine}, seed {Options.Seed}: {Options.Tasks:N0} tasks, {Options.Workers} workers of {Options.Concurrency}, lease {Options.Lease.TotalSeconds:N0} s");
        Line("broker", $"{Broker}");
        Line("faults", $"{Faults}");
        Line("attempted", $"{Verdict.Attempted:N0}; answers that did not come {Verdict.Unconfirmed:N0}, refusals {Verdict.Refused:N0}, each asked again under its id");
        Line("accepted", $"{Verdict.Accepted:N0}; recovered (no answer, and it ran) {Verdict.Recovered:N0}");
        Line("lost", $"{Verdict.Lost:N0}{(IsLossy(Options) ? $"; lost within what everysec allows {Verdict.LostWithinSetting:N0}" : "")}");
        Line("duplicated", $"{Verdict.Duplicated:N0} of {Verdict.Attempted - Verdict.Keyed:N0} tasks without a key ({Verdict.ExtraEffects:N0} runs too many)");
        if (Verdict.Graphs > 0)
        {
            Line("graphs", $"{Verdict.Graphs:N0} of {Graph.Steps} tasks, ended with their result {Verdict.GraphsRight:N0}");
            Line("joins", $"{Verdict.Joins:N0}, fired exactly once {Verdict.JoinsOnce:N0}; lost {Verdict.JoinsLost:N0}, doubled {Verdict.JoinsDoubled:N0}");
        }
        else if (Verdict.Occurrences > 0)
        {
            Line("schedules", $"{Timetable.Schedules} on each worker, occurrences {Verdict.Occurrences:N0}, enqueued exactly once {Verdict.OccurrencesOnce:N0}; left out {Verdict.Lost:N0}, doubled {Verdict.OccurrencesDoubled:N0}");
        }
        else
        {
            TellKeys();
        }

        Line("attempts", $"at most {Verdict.MostAttempts:N0}; dead letters {Verdict.DeadLetters:N0}");
        if (Left is not null)
        {
            Line("left", $"ready {Left.Ready:N0}, delayed {Left.Delayed:N0}, in flight {Left.InFlight:N0}, dead letters {Left.DeadLetters:N0}");
        }

        foreach (Recovery recovery in Verdict.Recoveries)
        {
            Line("recovery", $"{recovery.What}: p50 {recovery.P50:N0} ms, max {recovery.Max:N0} ms, of {recovery.Count:N0}");
        }

        foreach (MemoryTrend trend in Memory)
        {
            Line("memory", $"{trend.Process}, {trend.Minutes:N0} min: {trend.HalfwayMiB:N1} MiB halfway, {trend.EndMiB:N1} at the end, {trend.MiBPerHour:+0.0;-0.0;0.0} MiB an hour between; descriptors {trend.HalfwayDescriptors:N0} and {trend.EndDescriptors:N0}");
        }

        if (Verdict.Torn > 0)
        {
            Line("ledgers", $"{Verdict.Torn:N0} end in half a record");
        }

        foreach ((Violation what, long count, IReadOnlyList<long> tasks) in Verdict.Violations)
        {
            Line("BROKEN", $"{what}: {count:N0}{(tasks.Count == 0 ? "" : $", such as task {string.Join(", ", tasks)}")}");
        }

        Line("verdict", $"{Words}{(Seconds > 0 ? $" ({Seconds:N0} s)" : "")}");
        return text.ToString().TrimEnd();

        void TellKeys()
        {
            Line("keys", $"{Verdict.Keys:N0}, completed exactly once {Verdict.KeysOnce:N0}{(Verdict.KeysTwiceWithinSetting > 0 ? $", twice within what everysec allows {Verdict.KeysTwiceWithinSetting:N0}" : "")}");
            Line("", $"runs cut short between their work and its record: {Verdict.CutByKill:N0} by a kill, {Verdict.CutByLease:N0} by a lost lease");
        }

        void Line(string name, FormattableString what) => text.Append(CultureInfo.InvariantCulture, $"{name,-11} ").Append(what.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
