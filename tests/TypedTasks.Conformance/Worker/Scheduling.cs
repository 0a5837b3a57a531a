using System.Collections.Concurrent;
using TypedTasks.Conformance.Engine;
using TypedTasks.Testing;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>Each occurrence of a schedule is enqueued once, whoever is there to do it, and whatever goes wrong meanwhile.</summary>
public abstract class Scheduling<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    private static readonly TaskSchedule EverySecond = TaskSchedule.Every(TimeSpan.FromSeconds(1));

    private readonly string _name = $"tick-{Guid.NewGuid():N}";
    private readonly ConcurrentQueue<(TaskId Id, DateTimeOffset Occurrence)> _runs = new();

    [Fact]
    public async Task Each_occurrence_runs_once_though_several_hosts_go_by_the_schedule()
    {
        // Each, for on a busy machine all three may come too late for one.
        TaskSchedule schedule = EverySecond with { Missed = MissedRuns.Each };
        await StartAsync(schedule);
        await StartAsync(schedule);
        await StartAsync(schedule);

        await PassUntilAsync(() => _runs.Count >= 4 && AreConsecutive(_runs), "four occurrences and none left out");

        AssertRunOnce(_runs);
    }

    [Theory]
    [InlineData(EngineOperation.Publish, "fail")]
    [InlineData(EngineOperation.Publish, "lose answer")]
    [InlineData(EngineOperation.Write, "fail")]
    [InlineData(EngineOperation.Write, "lose answer")]
    [InlineData(EngineOperation.Read, "fail")]
    public async Task An_engine_that_fails_makes_no_occurrence_come_twice_and_none_be_left_out(EngineOperation operation, string fault)
    {
        WorkerHost host = await StartAsync(EverySecond with { Missed = MissedRuns.Each });
        await PassUntilAsync(() => !_runs.IsEmpty, "the first occurrence");

        EngineFault wrong = fault == "fail" ? EngineFault.Fail : EngineFault.LoseAnswer;
        host.Faults.Next(operation, wrong, wrong);
        int before = _runs.Count;
        await PassUntilAsync(() => _runs.Count >= before + 3 && AreConsecutive(_runs), "three occurrences more and none left out");

        AssertRunOnce(_runs);
    }

    [Theory]
    [InlineData(MissedRuns.Latest)]
    [InlineData(MissedRuns.Each)]
    public async Task What_was_due_while_no_host_was_there_comes_as_the_schedule_says(MissedRuns missed)
    {
        WorkerHost first = await StartAsync(EverySecond with { Missed = missed });
        await PassUntilAsync(() => !_runs.IsEmpty, "the first occurrence");
        await StopAsync(first);
        DateTimeOffset last = _runs.Max(run => run.Occurrence);
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(4));
        DateTimeOffset back = Now;
        _runs.Clear();

        await StartAsync(EverySecond with { Missed = missed });
        await PassUntilAsync(() => _runs.Any(run => run.Occurrence > back), "an occurrence that was waited for");

        DateTimeOffset[] late = [.. _runs.Select(run => run.Occurrence).Where(occurrence => occurrence <= back).Order()];
        if (missed == MissedRuns.Latest)
        {
            Assert.InRange(Assert.Single(late), back - TimeSpan.FromSeconds(1), back);
        }
        else
        {
            await PassUntilAsync(() => AreConsecutive(_runs), "what was left out");
            Assert.Equal(last + TimeSpan.FromSeconds(1), _runs.Min(run => run.Occurrence));
            AssertRunOnce(_runs);
        }
    }

    [Fact]
    public async Task A_paused_schedule_passes_its_occurrences_over_until_it_is_resumed()
    {
        await StartAsync(EverySecond);
        await PassUntilAsync(() => !_runs.IsEmpty, "the first occurrence");

        Assert.True(await Producer.Admin.PauseScheduleAsync(_name, Cancellation));
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(1.5));
        DateTimeOffset paused = Now;
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(2));
        ScheduleReport report = await ReportAsync();
        Assert.True(report.IsPaused);
        Assert.DoesNotContain(_runs, run => run.Occurrence > paused);

        DateTimeOffset resumed = Now;
        Assert.True(await Producer.Admin.ResumeScheduleAsync(_name, Cancellation));
        await PassUntilAsync(() => _runs.Any(run => run.Occurrence > resumed), "an occurrence after the pause");

        Assert.DoesNotContain(_runs, run => run.Occurrence > paused && run.Occurrence <= resumed - TimeSpan.FromSeconds(1));
        Assert.False((await ReportAsync()).IsPaused);
    }

    [Fact]
    public async Task A_schedule_tells_what_it_enqueues_and_how_far_it_has_come()
    {
        DateTimeOffset start = Now;
        await StartAsync(EverySecond);
        await PassUntilAsync(() => !_runs.IsEmpty, "the first occurrence");

        ScheduleReport report = await ReportAsync();

        Assert.Equal("probe.run", report.Task);
        Assert.Equal("every 00:00:01", report.Text);
        Assert.NotNull(report.LastOccurrence);
        Assert.InRange(report.LastOccurrence.Value, start, Now);
        Assert.Equal(report.LastOccurrence + TimeSpan.FromSeconds(1), report.NextOccurrence);
        Assert.Contains(_runs, run => run.Id == report.LastTask || run.Occurrence < report.LastOccurrence);
    }

    [Fact]
    public async Task A_schedule_that_nobody_goes_by_can_be_neither_paused_nor_resumed()
    {
        Assert.False(await Producer.Admin.PauseScheduleAsync(_name, Cancellation));
        Assert.False(await Producer.Admin.ResumeScheduleAsync(_name, Cancellation));
    }

    [Fact]
    public async Task What_a_later_version_recorded_of_a_schedule_is_left_as_it_is()
    {
        byte[] later = [0x92, 0x02, 0xC0];
        await Engine.State.CreateAsync($"s:{_name}", later, TimeSpan.FromHours(1), Cancellation);

        TaskEngineException failure = await Assert.ThrowsAsync<TaskEngineException>(async () => await Producer.Admin.PauseScheduleAsync(_name, Cancellation));

        Assert.Contains(_name, failure.Message, StringComparison.Ordinal);
        Assert.Equal(later, (await Engine.State.GetAsync($"s:{_name}", Cancellation))!.Value.Value.ToArray());
    }

    [Fact]
    public async Task An_occurrence_is_passed_over_while_the_task_of_the_one_before_runs_if_the_schedule_says_so()
    {
        var gate = new TaskCompletionSource<string>();
        await StartAsync(EverySecond with { SkipWhileRunning = true }, async (context, token) =>
        {
            _runs.Enqueue((context.Id, context.Occurrence!.Value));
            return await gate.Task.WaitAsync(token);
        });
        await PassUntilAsync(() => !_runs.IsEmpty, "the first occurrence");

        await Subject.AdvanceAsync(TimeSpan.FromSeconds(3));
        DateTimeOffset held = Now;
        Assert.Single(_runs);
        gate.SetResult("done");
        await PassUntilAsync(() => _runs.Count >= 2, "the occurrence after the first task's end");

        Assert.InRange(_runs.ElementAt(1).Occurrence, held - TimeSpan.FromSeconds(1), DateTimeOffset.MaxValue);
    }

    private Task<WorkerHost> StartAsync(TaskSchedule schedule, Func<TaskContext, CancellationToken, ValueTask<string>>? play = null)
    {
        Stage.On(_name, play ?? ((context, _) =>
        {
            _runs.Enqueue((context.Id, context.Occurrence!.Value));
            return new ValueTask<string>("done");
        }));
        return StartWorkerAsync(configure: null, tasks => tasks.AddSchedule(_name, ProbeTasks.Run(_name), schedule));
    }

    /// <summary>Lets time pass until it is so.</summary>
    private async Task PassUntilAsync(Func<bool> condition, string what)
    {
        for (long start = Environment.TickCount64; !condition(); await Subject.AdvanceAsync(TimeSpan.FromMilliseconds(200)))
        {
            Assert.True(Environment.TickCount64 - start < 30_000, $"Waited in vain for {what}.");
        }
    }

    private async Task<ScheduleReport> ReportAsync()
    {
        List<ScheduleReport> reports = [];
        await foreach (ScheduleReport report in Producer.Admin.ListSchedulesAsync(Cancellation))
        {
            reports.Add(report);
        }

        return Assert.Single(reports, report => report.Name == _name);
    }

    // Those of which one has begun, and the one before has not, are not yet.
    private static bool AreConsecutive(IEnumerable<(TaskId Id, DateTimeOffset Occurrence)> runs)
    {
        DateTimeOffset[] occurrences = [.. runs.Select(run => run.Occurrence).Order()];
        return occurrences.Skip(1).Zip(occurrences).All(pair => pair.First - pair.Second <= TimeSpan.FromSeconds(1));
    }

    private static void AssertRunOnce(IEnumerable<(TaskId Id, DateTimeOffset Occurrence)> runs)
    {
        Assert.Distinct(runs.Select(run => run.Id));
        Assert.Distinct(runs.Select(run => run.Occurrence));
    }
}
