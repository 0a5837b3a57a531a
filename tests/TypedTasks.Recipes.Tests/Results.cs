using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Testing;

namespace Recipes.Results;

[TaskContract("reports")]
public interface IReports
{
    // The outcome, a result or a failure, can be read for a day after the task has ended.
    [Task(TimeLimit = "10m", KeepOutcome = "24h")]
    [Idempotent]
    ValueTask<Report> BuildAsync(int year, TaskContext context = null!);

    // Nobody will ever ask, so nothing is kept; and a view is rather lost than counted twice.
    [Task(KeepOutcome = "none")]
    [AtMostOnce]
    ValueTask CountViewAsync(int year);
}

public sealed record Report(int Year, decimal Total);

public sealed class ReportWorker(ISales sales) : IReports
{
    public async ValueTask<Report> BuildAsync(int year, TaskContext context)
    {
        decimal total = 0;
        for (int month = 1; month <= 12; month++)
        {
            total += await sales.OfMonthAsync(year, month, context.CancellationToken);
            await context.ReportAsync(month * 100 / 12);
        }

        return new Report(year, total);
    }

    public ValueTask CountViewAsync(int year) => sales.CountViewAsync(year);
}

public sealed class ReportPages(ITaskClient<IReports> reports)
{
    // POST /reports/2029: the id is all that the next request needs, in this process or another.
    public async Task<TaskId> OrderAsync(int year) => (await reports.BuildAsync(year)).Id;

    // GET /reports/{id}: waits a little, and then says how far it is.
    public async Task<string> OpenAsync(TaskId id)
    {
        TaskHandle<Report> task = reports.BuildHandle(id);
        try
        {
            Report report = await task.ResultAsync(TimeSpan.FromSeconds(5));
            await reports.CountViewAsync(report.Year);
            return $"{report.Year}: {report.Total}";
        }
        catch (TaskWaitTimeoutException)
        {
            TaskProgress<int>? progress = await task.ProgressAsync<int>();
            return $"{await task.StateAsync()}, {progress?.Value ?? 0} %";
        }
        catch (TaskFailedException failed)
        {
            return $"{failed.State}: {failed.Failure?.Type}: {failed.Failure?.Message}";
        }
        catch (TaskOutcomeUnavailableException)
        {
            return "There is no such report, or not any more.";
        }
    }

    // DELETE /reports/{id}
    public async Task<bool> GiveUpAsync(TaskId id) => await reports.BuildHandle(id).CancelAsync();
}

// A console that stays: progress as it comes, then the result, and nothing is left behind.
public sealed class ReportCommand(ITaskClient<IReports> reports, TextWriter console)
{
    public async Task RunAsync(int year)
    {
        TaskHandle<Report> task = await reports.BuildAsync(year);
        await foreach (TaskProgress<int> progress in task.WatchAsync<int>())
        {
            await console.WriteLineAsync($"{progress.Value} %");
        }

        await console.WriteLineAsync($"{(await task.ResultAsync()).Total}");
        await task.ForgetAsync();
    }
}

// The reader's own.
public interface ISales
{
    ValueTask<decimal> OfMonthAsync(int year, int month, CancellationToken cancellationToken);

    ValueTask CountViewAsync(int year);
}

public sealed class ResultsTests
{
    private readonly Sales _sales = new();

    [Fact]
    public async Task A_result_that_is_there_is_returned()
    {
        await using TaskTestHost host = await StartAsync();

        var pages = new ReportPages(host.Client<IReports>());

        Assert.Equal("2029: 120", await pages.OpenAsync(await pages.OrderAsync(2029)));
        await host.DrainAsync();
        Assert.Equal(1, _sales.Views);
    }

    [Fact]
    public async Task Who_waits_too_long_is_told_how_far_it_is_and_finds_the_same_task_again()
    {
        await using TaskTestHost host = await StartAsync();
        var pages = new ReportPages(host.Client<IReports>());
        var july = new TaskCompletionSource();
        _sales.BeforeJuly = july.Task;

        TaskId id = await pages.OrderAsync(2029);
        Task<string> opening = pages.OpenAsync(id);
        await host.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("Running, 50 %", await opening);

        july.SetResult();
        await host.DrainAsync();
        Assert.Equal("2029: 120", await pages.OpenAsync(id));
        Assert.Equal(12, _sales.Months);
    }

    [Fact]
    public async Task A_report_that_nobody_ordered_is_not_begun_by_asking_for_it()
    {
        await using TaskTestHost host = await StartAsync();

        Assert.Equal("There is no such report, or not any more.", await new ReportPages(host.Client<IReports>()).OpenAsync(TaskId.New()));
        await host.DrainAsync();
        Assert.Equal(0, _sales.Months);
    }

    [Fact]
    public async Task A_report_is_given_up_by_its_id()
    {
        await using TaskTestHost host = await StartAsync();
        var pages = new ReportPages(host.Client<IReports>());
        _sales.BeforeJuly = new TaskCompletionSource().Task;

        TaskId id = await pages.OrderAsync(2029);
        Assert.True(await pages.GiveUpAsync(id));

        Assert.StartsWith("Cancelled", await pages.OpenAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_comes_back_as_data()
    {
        await using TaskTestHost host = await StartAsync();
        _sales.BeforeJuly = Task.FromException(new DeadLetterException("The books of July are lost."));

        var pages = new ReportPages(host.Client<IReports>());
        Assert.Equal(
            "DeadLettered: TypedTasks.DeadLetterException: The books of July are lost.",
            await pages.OpenAsync(await pages.OrderAsync(2029)));
    }

    [Fact]
    public async Task Progress_is_followed_to_the_end_and_the_outcome_forgotten()
    {
        await using TaskTestHost host = await StartAsync();
        var console = new StringWriter();

        // Whoever watches looks again every two seconds, for the end is not announced.
        Task running = new ReportCommand(host.Client<IReports>(), console).RunAsync(2029);
        await host.Time.AdvanceUntilAsync(running);
        await running;

        Assert.Contains($"100 %{Environment.NewLine}120{Environment.NewLine}", console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_waits_for_what_is_not_kept()
    {
        await using TaskTestHost host = await StartAsync();

        TaskHandle<NoResult> task = await host.Client<IReports>().CountViewAsync(2029);
#pragma warning disable TT702 // The compiler knows it, too; that is what the page says.
        await Assert.ThrowsAsync<TaskOutcomeUnavailableException>(async () => await task.ResultAsync());
#pragma warning restore TT702

        await host.DrainAsync();
        Assert.Equal(1, _sales.Views);
    }

    private Task<TaskTestHost> StartAsync() => TaskTestHost.StartAsync(tasks =>
    {
        tasks.Services.AddSingleton<ISales>(_sales);
        tasks.AddClient<IReports>().AddWorker<IReports, ReportWorker>();
    });

    private sealed class Sales : ISales
    {
        public Task BeforeJuly { get; set; } = Task.CompletedTask;

        public int Months { get; private set; }

        public int Views { get; private set; }

        public async ValueTask<decimal> OfMonthAsync(int year, int month, CancellationToken cancellationToken)
        {
            if (month == 7)
            {
                await BeforeJuly.WaitAsync(cancellationToken);
            }

            Months++;
            return 10;
        }

        public ValueTask CountViewAsync(int year)
        {
            Views++;
            return ValueTask.CompletedTask;
        }
    }
}
