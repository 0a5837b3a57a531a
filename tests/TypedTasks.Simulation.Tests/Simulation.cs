using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks.Calls;
using TypedTasks.Canvases;
using TypedTasks.Client;
using TypedTasks.Engine;
using TypedTasks.Simulation.Broker;
using TypedTasks.Simulation.Checks;
using TypedTasks.Simulation.World;
using TypedTasks.Worker;

namespace TypedTasks.Simulation;

/// <summary>
/// Runs a scenario: the shipped client and the shipped worker, around a model of a broker, on one thread and a virtual clock, and checks the laws of the house
/// while it runs and when it has come to rest.
/// </summary>
internal sealed class Simulation
{
    // A world that is not at rest after so many events never will be.
    private const int MaxSteps = 20_000;

    // From here on nothing new befalls the world, so that it can come to rest.
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(60);

    // What has piled up while a process was paused may change what was recorded meanwhile.
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(1);

    // A handler may work longer than a worker that stops waits for it.
    private static readonly TimeSpan ShutdownGrace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan SupervisorPause = TimeSpan.FromSeconds(1);

    private static readonly ProcessMemory Memory = new();

    private static readonly TimeSpan SimLease = TimeSpan.FromSeconds(10);

    private static readonly LaneSettings Settings = new(Concurrency: 2, Prefetch: 1, SimLease, CancellationGrace: TimeSpan.FromSeconds(1));

    private static readonly Lane TheLane = new(TaskDefaults.Queue, "sim");

    private readonly Scenario _scenario;
    private readonly Breakage _breakage;
    private readonly SimWorld _world;
    private readonly SimLargeFiles? _largeFiles;
    private readonly Ledger _ledger;
    private readonly SimBroker _broker;
    private readonly Network _network;
    private readonly List<SimWorker> _workers = [];
    private readonly List<(string What, Task Waiter)> _waiters = [];
    private Exception? _failure;

    private Simulation(Scenario scenario, Breakage breakage)
    {
        _scenario = scenario;
        _breakage = breakage;
        _world = new SimWorld(scenario.Seed);
        _largeFiles = scenario.LargeStore == LargeStore.None ? null : new SimLargeFiles(_world, scenario.LargeStore == LargeStore.Unsteady, breakage);
        _ledger = new Ledger(_world, _largeFiles);
        _broker = new SimBroker(_world, _ledger, breakage) { Lease = SimLease, Capacity = scenario.Capacity, Crowd = scenario.Crowd, SettlePause = scenario.SettlePause };
        _network = new Network(_world) { Weather = scenario.Weather };
    }

    /// <summary>Runs a scenario to its end; returns the law that did not hold, or null.</summary>
    internal static string? Run(Scenario scenario, Breakage breakage = Breakage.None) => new Simulation(scenario, breakage).Judge();

    /// <summary>What a run came to, and a hash of all that happened on the way: equal for two runs of one scenario, or the world is not deterministic.</summary>
    internal static string Trace(Scenario scenario)
    {
        var simulation = new Simulation(scenario, Breakage.None);
        string? law = simulation.Judge();
        SimWorld world = simulation._world;
        return $"{world.Steps} steps, {world.Now} ticks, {world.Trace:x16}, {simulation._ledger.Runs} runs, {string.Join(' ', simulation._broker.Tasks.Select(task => $"{task.State}:{task.Fence}"))} {law}";
    }

    private string? Judge()
    {
        try
        {
            Run();
            return null;
        }
        catch (InvariantException broken)
        {
            return broken.Message;
        }
        catch (Exception thrown)
        {
            return $"Something was thrown where nothing may be: {thrown}";
        }
    }

    private void Run()
    {
        for (int worker = 0; worker < _scenario.Workers; worker++)
        {
            StartWorker(worker);
        }

        var producer = new SimProcess(_world, "producer", TimeSpan.Zero);
        var host = new EngineHost(new SimEngine(_broker, _network, producer), [TheLane], producer, LargeStoreOf(producer)) { Scheduler = producer };
        var client = new Producer(_world, _ledger, new TaskClient<ISimTasks>(host, producer), _scenario, _breakage, (what, task) => Watch(what, task));
        for (int plan = 0; plan < _scenario.Tasks.Count; plan++)
        {
            int number = plan;
            _world.Schedule(_scenario.Tasks[plan].At, () => Watch($"the producer of task {number}", client.ProduceAsync(number)));
        }

        var canvases = new CanvasProducer(_world, _ledger, new TaskCanvas(host), _scenario, (what, task) => Watch(what, task));
        for (int canvas = 0; canvas < _scenario.Canvases.Count; canvas++)
        {
            int number = canvas;
            _world.Schedule(_scenario.Canvases[canvas].At, () => Watch($"the producer of canvas {number}", canvases.ProduceAsync(number)));
        }

        foreach (Misfortune misfortune in _scenario.Misfortunes)
        {
            _world.Schedule(misfortune.At, () => Befall(misfortune));
        }

        _world.Schedule(Calm, () =>
        {
            _network.Weather = Weather.Fair;
            _broker.Crowd = 0;
        });

        // Before everything has happened that is to happen, rest means nothing.
        long restFrom = _scenario.Misfortunes.Select(misfortune => misfortune.At + misfortune.For)
            .Concat(_scenario.Tasks.Select(task => task.At + (task.CancelAt ?? TimeSpan.Zero)))
            .Concat(_scenario.Canvases.Select(canvas => canvas.At + (canvas.CancelAt ?? TimeSpan.Zero)))
            .Max().Ticks + Aftermath.Ticks;
        while (_world.Step())
        {
            if ((_ledger.Violation ?? _failure) is { } failure)
            {
                throw failure as InvariantException ?? new InvariantException($"Something was thrown that nobody caught: {failure}");
            }

            if (_world.Steps > MaxSteps)
            {
                throw new InvariantException($"The world does not come to rest: {Describe()}.");
            }

            if (_world.Now >= restFrom && IsAtRest())
            {
                break;
            }
        }

        CheckRest();
    }

    private void StartWorker(int number)
    {
        var process = new SimProcess(_world, $"worker {number}.{_workers.Count}", _scenario.ClockSkew * (number + 1), _breakage);
        var engine = new SimEngine(_broker, _network, process);
        var environment = new WorkerEnvironment(engine, process, process, _world.Random, NullLogger.Instance)
        {
            LargeOutcomes = _breakage == Breakage.WorkersKnowNoStore ? null : LargeStoreOf(process),
        };
        var handler = new SimHandler(_world, process, _ledger, _scenario);
        var dispatcher = new SingletonDispatcher<ISimTasks>(ContractRegistry.Get<ISimTasks>(), handler);
        // Workers that are recycled without end never come to the end of a task that takes longer than their grace.
        int recycleAfter = _world.Now < Calm.Ticks ? _scenario.RecycleAfter : 0;
        var options = new WorkerOptions
        {
            CancellationGrace = Settings.CancellationGrace,
            ShutdownGrace = ShutdownGrace,
            RecycleAfterTasks = _breakage == Breakage.NeverRecycles ? 0 : recycleAfter,
        };
        var recycling = WorkerRecycling.Create(options, environment, Memory, _ => Watch("the recycling of a worker", RecycleAsync(number, process), process));
        var lane = new LaneWorker(new SimConsumer(_broker, _network, process, TheLane), dispatcher, Settings, environment, recycling);
        environment.Cancellations.Add(lane);
        _ledger.Stops.Began(process, recycleAfter);
        _workers.Add(new SimWorker(_world, process, lane, options, _ledger.Stops, _breakage));
        _world.Schedule(TimeSpan.Zero, () =>
        {
            Watch("the start of a worker", environment.Cancellations.StartAsync(CancellationToken.None), process);
            lane.Start();
        }, process);
    }

    /// <summary>A worker has done enough: it stops, and its supervisor starts another.</summary>
    private async Task RecycleAsync(int number, SimProcess process)
    {
        _ledger.Stops.Recycling(process);
        if (_workers.Find(worker => worker.Process == process) is { IsStopping: false } worker)
        {
            await worker.StopAsync().ConfigureAwait(false);
            _world.Schedule(SupervisorPause, () => StartWorker(number));
        }
    }

    private SimLargeStore? LargeStoreOf(SimProcess process) => _largeFiles is { } files ? new SimLargeStore(files, _ledger.Results, _network, process, _breakage) : null;

    private void Befall(Misfortune misfortune)
    {
        SimWorker worker = _workers[misfortune.Worker];
        SimProcess process = worker.Process;
        switch (misfortune.Kind)
        {
            case MisfortuneKind.WorkerCrash:
                process.Crash();
                _world.Schedule(misfortune.For, () => StartWorker(misfortune.Worker));
                break;
            case MisfortuneKind.WorkerPause:
                process.Pause(misfortune.For);
                break;
            case MisfortuneKind.WorkerStop when worker.IsStopping:
                break;
            case MisfortuneKind.WorkerStop:
                Watch("the stop of a worker", worker.StopAsync(misfortune.For / 10), process);
                _world.Schedule(misfortune.For, () => StartWorker(misfortune.Worker));
                break;
            case MisfortuneKind.BrokerDeath:
                _broker.Die();
                break;
        }
    }

    /// <summary>Remembers what has to end, unless its process crashes.</summary>
    private void Watch(string what, Task task, SimProcess? owner = null)
    {
        _waiters.RemoveAll(waiter => waiter.Waiter.IsCompletedSuccessfully);
        if (owner is null)
        {
            _waiters.Add((what, task));
        }

        _ = ObserveAsync(task);

        async Task ObserveAsync(Task observed)
        {
            await observed.Quietly();
            if (observed.IsFaulted && (owner is null || observed.Exception.InnerException is not TaskEngineException))
            {
                // Not a worker whose start or stop meets a broker that does not answer: of that its host would say so.
                _failure ??= observed.Exception.InnerException;
            }
        }
    }

    private bool IsAtRest() => _ledger.AcceptedTasks.TrueForAll(task => task.HasEnded) && _waiters.TrueForAll(waiter => waiter.Waiter.IsCompleted);

    private void CheckRest()
    {
        _world.ThrowIfEscaped();
        _ledger.Stops.Rest();
        _ledger.Canvases.Rest();
        if (!IsAtRest())
        {
            throw new InvariantException($"Something was lost, or waits for ever: {Describe()}.");
        }
    }

    private string Describe() => string.Join(", ",
        _ledger.AcceptedTasks.Where(task => !task.HasEnded).Select(task => $"{task.Id} is {task.State}")
            .Concat(_waiters.Where(waiter => !waiter.Waiter.IsCompleted).Select(waiter => $"{waiter.What} waits"))
            .Append($"{_ledger.Runs} runs"));
}
