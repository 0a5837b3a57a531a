using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedTasks.Embedded;
using TypedTasks.Engine;
using TypedTasks.Scheduling;
using TypedTasks.Testing;

namespace TypedTasks.Tests.Scheduling;

/// <summary>Hosts that go by schedules, around one engine in virtual time, with what ran and what was logged.</summary>
internal sealed class ScheduleHosts : IAsyncDisposable, ILoggerProvider, ILogger
{
    private readonly List<ScheduleHost> _hosts = [];
    private readonly ConcurrentQueue<(int Event, LogLevel Level, string Text)> _log = new();

    public ScheduleHosts() => Engine = Time.CreateEngine();

    public VirtualTime Time { get; } = new();

    public EmbeddedEngine Engine { get; }

    public Errands Errands { get; } = new();

    /// <summary>The occurrences whose tasks ran, in their order.</summary>
    public DateTimeOffset?[] Ran => [.. Errands.Runs.Select(run => run.Occurrence).Order()];

    /// <summary>A host with a worker for <see cref="IErrands"/>, but for what <paramref name="way"/> changes.</summary>
    public Task<ScheduleHost> StartWorkerAsync(Action<TypedTasksBuilder>? configure = null, ScheduleWay? way = null) => StartAsync(
        tasks =>
        {
            tasks.AddWorker<IErrands, Errands>();
            configure?.Invoke(tasks);
        },
        way);

    public async Task<ScheduleHost> StartAsync(Action<TypedTasksBuilder> configure, ScheduleWay? way = null)
    {
        way ??= new ScheduleWay(this);
        var services = new ServiceCollection();
        services.AddSingleton(Errands);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(this));
        services.AddTypedTasks(tasks => configure(tasks.UseVirtualTime(Time).UseEngine("shared", _ => way)));
        var host = new ScheduleHost(services.BuildServiceProvider(validateScopes: true));
        _hosts.Add(host);
        await host.StartAsync();
        return host;
    }

    public Task AdvanceAsync(TimeSpan span) => Time.AdvanceAsync(span, TestContext.Current.CancellationToken);

    /// <summary>Lets time pass by leaps, as on a machine that sleeps: a year of timers would take long.</summary>
    public async Task LeapAsync(TimeSpan span, TimeSpan leap)
    {
        await Time.CalmAsync(TestContext.Current.CancellationToken);
        for (TimeSpan passed = TimeSpan.Zero; passed < span; passed += leap)
        {
            Time.Advance(leap);
            await Time.CalmAsync(TestContext.Current.CancellationToken);
        }
    }

    public async Task<ScheduleRecord?> RecordAsync(string name) =>
        await Engine.State.GetAsync(ScheduleRecord.KeyOf(name), TestContext.Current.CancellationToken) is { } entry ? ScheduleRecord.Read(entry.Value) : null;

    public string[] Logged(int logEvent, LogLevel least = LogLevel.Debug) => [.. _log.Where(line => line.Event == logEvent && line.Level >= least).Select(line => line.Text)];

    public async ValueTask DisposeAsync()
    {
        foreach (ScheduleHost host in _hosts)
        {
            await host.DisposeAsync();
        }

        await Engine.DisposeAsync();
    }

    void IDisposable.Dispose()
    {
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _log.Enqueue((eventId.Id, logLevel, formatter(state, exception)));
}

/// <summary>One of the hosts.</summary>
internal sealed class ScheduleHost(ServiceProvider services) : IAsyncDisposable
{
    private readonly IHostedService[] _running = [.. services.GetServices<IHostedService>()];

    public IServiceProvider Services => services;

    public async Task StartAsync()
    {
        foreach (IHostedService service in _running)
        {
            await service.StartAsync(CancellationToken.None);
        }
    }

    /// <summary>Stops, for which no time needs to pass.</summary>
    public Task StopAsync() => Task.WhenAll(_running.Select(service => service.StopAsync(CancellationToken.None))).WaitAsync(TimeSpan.FromSeconds(30));

    public async Task<IReadOnlyList<ScheduleReport>> ReportsAsync()
    {
        List<ScheduleReport> reports = [];
        await foreach (ScheduleReport report in services.GetRequiredService<ITaskAdmin>().ListSchedulesAsync(TestContext.Current.CancellationToken))
        {
            reports.Add(report);
        }

        return reports;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await services.DisposeAsync();
    }
}

/// <summary>A host's way to the engine: its writes of schedules' records fail when the test says so, and its limits may be others.</summary>
internal sealed class ScheduleWay(ScheduleHosts hosts) : ForwardingEngine(new FaultyEngine(hosts.Engine, hosts.Time, ownsInner: false)), IStateStore
{
    public bool FailsToWrite { get; set; }

    public bool FailsToRead { get; set; }

    public int Written { get; private set; }

    public TimeSpan? MaxTimeToLive { get; init; }

    public override EngineLimits Limits => Inner.Limits with { MaxTimeToLive = MaxTimeToLive };

    public override IStateStore State => this;

    public ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken) =>
        FailsToRead && IsSchedule(key) ? throw new TaskEngineException("not now") : Inner.State.GetAsync(key, cancellationToken);

    public ValueTask<StateWrite> CreateAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        OnWrite(key, timeToLive);
        return Inner.State.CreateAsync(key, value, timeToLive, cancellationToken);
    }

    public ValueTask<StateWrite> ReplaceAsync(string key, long revision, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        OnWrite(key, timeToLive);
        return Inner.State.ReplaceAsync(key, revision, value, timeToLive, cancellationToken);
    }

    public ValueTask<bool> DeleteAsync(string key, long revision, CancellationToken cancellationToken) => Inner.State.DeleteAsync(key, revision, cancellationToken);

    public IAsyncEnumerable<KeyValuePair<string, StateEntry>> ListAsync(string prefix, CancellationToken cancellationToken) => Inner.State.ListAsync(prefix, cancellationToken);

    private void OnWrite(string key, TimeSpan timeToLive)
    {
        if (!IsSchedule(key))
        {
            return;
        }

        Assert.True(timeToLive <= (MaxTimeToLive ?? TimeSpan.MaxValue), $"{timeToLive} is longer than the engine keeps anything.");
        Written++;
        if (FailsToWrite)
        {
            throw new TaskEngineException("not now");
        }
    }

    private static bool IsSchedule(string key) => key.StartsWith(ScheduleRecord.Prefix, StringComparison.Ordinal);
}

/// <summary>A rule of one's own, which counts how often it is asked.</summary>
internal sealed record OwnRule(string Name, Func<DateTimeOffset, DateTimeOffset?> Next) : TaskSchedule
{
    private int _asked;

    public int Asked => Volatile.Read(ref _asked);

    public override string Text => Name;

    public override DateTimeOffset? NextAfter(DateTimeOffset instant)
    {
        Interlocked.Increment(ref _asked);
        return Next(instant);
    }
}

[TaskContract("errands")]
public interface IErrands
{
    [Task]
    ValueTask RunAsync(string name, TaskContext? context = null);

    [Task]
    [Idempotent(Key = nameof(name))]
    ValueTask PayAsync(string name, TaskContext? context = null);

    [Task(KeepOutcome = "none")]
    ValueTask PassAsync(string name, TaskContext? context = null);
}

public sealed class Errands : IErrands
{
    public ConcurrentQueue<(string Name, DateTimeOffset? Occurrence, string? Key)> Runs { get; } = new();

    public ValueTask RunAsync(string name, TaskContext? context = null)
    {
        Runs.Enqueue((name, context!.Occurrence, context.Key));
        return default;
    }

    public ValueTask PayAsync(string name, TaskContext? context = null) => RunAsync(name, context);

    public ValueTask PassAsync(string name, TaskContext? context = null) => RunAsync(name, context);
}
