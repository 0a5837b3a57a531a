using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Load.Engines;
using TypedTasks.Load.Processes;
using TypedTasks.Load.Raw;

namespace TypedTasks.Load;

/// <summary>One run: a host that produces, a host that works, a warm-up through both, and what is measured.</summary>
internal sealed class LoadRun(LoadOptions options, LoadEngine engine)
{
    // A task that has not run by then is lost.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Ledger _ledger = new();

    public async Task<LoadReport> RunAsync()
    {
        options.Check();
        await engine.StartAsync(options);
        IHost producer = LoadHost.Build(engine, options, _ledger, tasks => LoadTarget.AddClient(tasks, options));
        await producer.StartAsync();
        var callers = new Callers(producer.Services.GetRequiredService<ILoadTarget>(), options);

        using ILoadWorker worker = options.Processes == 0 ? await StartWorkerAsync() : await WorkerProcesses.StartAsync(options, engine);
        Ledger.Run warmUp = _ledger.Begin(options.WarmUpTasks, options.Callers, new Latencies());
        (worker as WorkerProcesses)?.Follow(warmUp, isWarmUp: true);
        await callers.SendAsync(warmUp, isClosed: true);
        await EndAsync(warmUp);

        LoadReport report = options.Mode switch
        {
            LoadMode.Enqueue => await EnqueueAsync(callers, worker),
            LoadMode.Consume => await ConsumeAsync(callers, worker),
            LoadMode.EndToEnd => await EndToEndAsync(callers, worker),
            _ => await LatencyAsync(callers, worker),
        };
        RawFigures raw = options.IsRaw ? await MeasureRawAsync(callers) : default;
        await engine.EndAsync(producer);
        return report with
        {
            RawTasksPerSecond = raw.TasksPerSecond,
            RatioToRaw = report.TasksPerSecond / raw.TasksPerSecond,
            RawP50Micros = raw.Latencies?.PercentileMicros(0.5),
            RawP99Micros = raw.Latencies?.PercentileMicros(0.99),
            RawP999Micros = raw.Latencies?.PercentileMicros(0.999),
        };
    }

    // After the run, in the lane that it has emptied. The producer sends one task for its bytes to be learned.
    private async Task<RawFigures> MeasureRawAsync(Callers callers)
    {
        using RawWire? wire = engine.OpenRaw(options);
        if (wire is null)
        {
            return default;
        }

        await callers.SendOneAsync();
        try
        {
            return await Task.Factory.StartNew(
                () =>
                {
                    wire.LearnFrame();
                    return wire.Measure(options);
                },
                TaskCreationOptions.LongRunning);
        }
        catch (BenchException failure)
        {
            // What the run itself saw is as good without it.
            Console.Error.WriteLine($"There is no raw figure beside this run. {failure.Message}");
            return default;
        }
    }

    private async Task<LoadReport> EndToEndAsync(Callers callers, ILoadWorker worker)
    {
        var processes = worker as WorkerProcesses;
        Latencies? latencies = processes is null ? new Latencies() : null;
        Ledger.Run run = _ledger.Begin(options.Tasks, options.Callers, latencies, first: processes is null ? 0 : options.WarmUpTasks);
        var usage = Usage.Begin(engine, worker, options.Tasks, () => run.Done);
        processes?.Follow(run, isWarmUp: false);
        await callers.SendAsync(run, isClosed: true);
        await EndAsync(run);
        return await ReportAsync(run, usage.End(run.EndedAt), latencies, worker);
    }

    private async Task<LoadReport> LatencyAsync(Callers callers, ILoadWorker worker)
    {
        var latencies = new Latencies();
        Ledger.Run run = _ledger.Begin(options.Tasks, callers: 1, latencies);
        var usage = Usage.Begin(engine, worker, options.Tasks, () => run.Done);
        await callers.SendAtRateAsync(run);
        await EndAsync(run);
        return await ReportAsync(run, usage.End(run.EndedAt), latencies, worker);
    }

    private async Task<LoadReport> EnqueueAsync(Callers callers, ILoadWorker worker)
    {
        await worker.EndAsync();
        var latencies = new Latencies();
        int ahead = options.Depth / options.Callers;
        Ledger.Run run = _ledger.Begin((ahead * options.Callers) + options.Tasks, options.Callers, null);
        await callers.SendAsync(run, isClosed: false, most: ahead);
        var usage = Usage.Begin(engine, worker, options.Tasks, () => run.Sent - (ahead * options.Callers));
        await callers.SendAsync(run, isClosed: false, latencies, skip: ahead);
        LoadReport measured = usage.End(Stopwatch.GetTimestamp());

        // Whether they are all there is known when they have run.
        worker = await StartWorkerAsync();
        await EndAsync(run);
        return await ReportAsync(run, measured, latencies, worker);
    }

    private async Task<LoadReport> ConsumeAsync(Callers callers, ILoadWorker worker)
    {
        await worker.EndAsync();
        Ledger.Run run = _ledger.Begin(options.Tasks, options.Callers, null);
        await callers.SendAsync(run, isClosed: false);
        var usage = Usage.Begin(engine, worker, options.Tasks, () => run.Done);
        worker = await StartWorkerAsync();
        await EndAsync(run);
        return await ReportAsync(run, usage.End(run.EndedAt), null, worker);
    }

    private static async Task EndAsync(Ledger.Run run)
    {
        try
        {
            await run.All.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            run.GiveUp();
        }
    }

    /// <summary>Drains the worker first, so that a task which runs a second time is seen.</summary>
    private async Task<LoadReport> ReportAsync(Ledger.Run run, LoadReport measured, Latencies? latencies, ILoadWorker worker)
    {
        await worker.EndAsync();
        (worker as WorkerProcesses)?.Tally(run, isWarmUp: false);
        return measured with
        {
            Engine = options.Engine,
            Mode = options.Mode.ToString().ToLowerInvariant(),
            Tasks = options.Tasks,
            TasksPerSecond = options.Tasks / measured.Seconds,
            P50Micros = latencies?.PercentileMicros(0.5),
            P99Micros = latencies?.PercentileMicros(0.99),
            P999Micros = latencies?.PercentileMicros(0.999),
            Lost = run.Lost,
            Duplicated = run.Duplicated,
        };
    }

    private Task<ILoadWorker> StartWorkerAsync() => LoadHost.StartWorkerAsync(engine, options, _ledger);
}
