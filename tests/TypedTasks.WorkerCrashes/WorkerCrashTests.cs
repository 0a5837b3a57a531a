using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Conformance.Worker;
using Xunit;

namespace TypedTasks.WorkerCrashes;

/// <summary>Real worker processes that die or stand still: every accepted task has its effect, and each key completes once.</summary>
public abstract class WorkerCrashTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("typedtasks-workers-").FullName;
    private readonly List<WorkerProcess> _workers = [];
    private ServiceProvider? _services;
    private string _address = "";

    protected abstract string EngineName { get; }

    private ITaskClient<IProbe> Client => _services!.GetRequiredService<ITaskClient<IProbe>>();

    public async ValueTask InitializeAsync()
    {
        _address = await StartServerAsync();
        _services = new ServiceCollection().AddTypedTasks(tasks => tasks.UseServer(EngineName, _address).AddClient<IProbe>()).BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (WorkerProcess worker in _workers)
        {
            await worker.DisposeAsync();
        }

        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        await StopServerAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Killed_workers_leave_nothing_undone_and_each_key_completes_once()
    {
        const int Plain = 200;
        const int Keys = 100;
        StartWorker(TimeSpan.FromMilliseconds(20));
        StartWorker(TimeSpan.FromMilliseconds(20));
        IReadOnlyList<TaskHandle<string>> plain = await Client.EnqueueManyAsync(Enumerable.Range(0, Plain).Select(_ => ProbeTasks.Run("effect")));
        IReadOnlyList<TaskHandle<string>> keyed = await Client.EnqueueManyAsync(Enumerable.Range(0, 2 * Keys).Select(i => ProbeTasks.Keyed($"key {i / 2}", "effect")));

        // Fewer kills than attempts: a task that was in both workers' hands is still run.
        for (int kill = 0; kill < 2; kill++)
        {
            WorkerProcess victim = _workers[kill];
            await UntilAsync(() => victim.Runs.Count >= 20, "the worker to be in the middle of its work");
            await victim.KillAsync();
            StartWorker(TimeSpan.FromMilliseconds(20));
        }

        string[] results = await ResultsAsync(keyed);
        await ResultsAsync(plain);
        HashSet<string> effects = [.. _workers.SelectMany(worker => worker.Runs)];
        Assert.All(plain, task => Assert.Contains(task.Id.ToString(), effects));
        Assert.All(Enumerable.Range(0, Keys), key => Assert.Equal(results[2 * key], results[(2 * key) + 1]));
    }

    [Fact]
    public async Task A_worker_that_stood_still_beyond_its_lease_changes_nothing_when_it_goes_on()
    {
        WorkerProcess still = StartWorker(TimeSpan.FromSeconds(8));
        IReadOnlyList<TaskHandle<string>> tasks = await Client.EnqueueManyAsync(Enumerable.Range(0, 4).Select(i => ProbeTasks.Keyed($"key {i}", "effect")));
        await UntilAsync(() => still.Runs.Count == 4, "the worker to run all tasks");

        still.Pause();
        WorkerProcess other = StartWorker(TimeSpan.Zero);
        string[] results = await ResultsAsync(tasks);
        Assert.All(results, result => Assert.StartsWith($"{other.Id} ", result, StringComparison.Ordinal));

        still.Resume();
        await still.StopAsync();
        Assert.Equal(results, await ResultsAsync(tasks));
    }

    protected abstract Task<string> StartServerAsync();

    protected abstract Task StopServerAsync();

    private WorkerProcess StartWorker(TimeSpan slowness)
    {
        var worker = WorkerProcess.Start(EngineName, _address, _folder, slowness);
        _workers.Add(worker);
        return worker;
    }

    private static Task<string[]> ResultsAsync(IEnumerable<TaskHandle<string>> tasks) =>
        Task.WhenAll(tasks.Select(task => task.ResultAsync().AsTask())).WaitAsync(Patience);

    private static async Task UntilAsync(Func<bool> condition, string what)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (long start = Environment.TickCount64; !condition(); await timer.WaitForNextTickAsync())
        {
            Assert.True(Environment.TickCount64 - start < Patience.TotalMilliseconds, $"Waited in vain for {what}.");
        }
    }
}
