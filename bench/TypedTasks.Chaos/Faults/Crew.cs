using TypedTasks.Chaos.Ledgers;
using TypedTasks.Chaos.Roles;
using TypedTasks.TestServers.Processes;

namespace TypedTasks.Chaos.Faults;

/// <summary>The processes that work and the one that produces; the ones that die are replaced. Safe from any thread.</summary>
internal sealed class Crew(ChaosOptions options, Progress progress, MemoryWatch memory, LedgerWriter ledger) : IAsyncDisposable
{
    // A worker that cannot even start must not become a loop of processes.
    private static readonly TimeSpan RestartPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<ProgramProcess> _workers = [];
    private readonly HashSet<ProgramProcess> _ours = [];
    private ProgramProcess? _producer;
    private long _allowed;
    private long _lastRestart;

    /// <summary>Workers that died without our doing.</summary>
    public int Died { get; private set; }

    public bool HasProducerEnded => _producer is { HasEnded: true };

    public int ProducerExitCode => _producer!.ExitCode;

    public void Start()
    {
        _producer = Start(ChaosRole.Produce, Producer.Role);
        for (int i = 0; i < options.Workers; i++)
        {
            StartWorker();
        }
    }

    public ProgramProcess StartWorker()
    {
        lock (_gate)
        {
            ProgramProcess worker = Start(ChaosRole.Work, Roles.Worker.Role);
            _workers.Add(worker);
            return worker;
        }
    }

    /// <summary>A worker to do something to. Whatever becomes of it is no accident.</summary>
    public ProgramProcess Choose(Random random)
    {
        lock (_gate)
        {
            IEnumerable<ProgramProcess> candidates = options.Experiment.SparesOne ? _workers.Skip(1) : _workers;
            ProgramProcess[] alive = [.. candidates.Where(worker => !worker.HasEnded && !_ours.Contains(worker))];
            ProgramProcess chosen = alive.Length == 0 ? StartWorker() : alive[random.Next(alive.Length)];
            _ours.Add(chosen);
            return chosen;
        }
    }

    /// <summary>It is among the others again.</summary>
    public void GiveBack(ProgramProcess worker)
    {
        lock (_gate)
        {
            _ours.Remove(worker);
        }
    }

    public Task KillAsync(ProgramProcess worker) => worker.KillAsync();

    public Task StopAsync(ProgramProcess worker) => worker.StopAsync(StopLimit);

    public async Task KillProducerAsync()
    {
        await _producer!.KillAsync();
        lock (_gate)
        {
            _producer = Start(ChaosRole.Produce, Producer.Role);
            _allowed = 0;
        }
    }

    public int ProducerId => _producer!.Id;

    /// <summary>Tells the producer how far it may go.</summary>
    public void Allow(long tasks)
    {
        lock (_gate)
        {
            if (tasks <= _allowed || _producer!.HasEnded)
            {
                return;
            }

            _allowed = tasks;
            try
            {
                _producer.Input.WriteLine(tasks);
                _producer.Input.Flush();
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }
    }

    /// <summary>Replaces workers that ended without our doing.</summary>
    public void Supervise()
    {
        lock (_gate)
        {
            ProgramProcess? dead = _workers.Find(worker => worker.HasEnded && !_ours.Contains(worker));
            if (dead is null || Environment.TickCount64 - _lastRestart < RestartPause.TotalMilliseconds)
            {
                return;
            }

            _lastRestart = Environment.TickCount64;
            Died++;
            ledger.Write(0, LedgerEvent.FaultBegan, value: (int)FaultKind.WorkerDied, process: dead.Id);
            _ours.Add(dead);
            StartWorker();
        }
    }

    /// <summary>Lets all workers stop in good order.</summary>
    public async Task StopWorkersAsync()
    {
        lock (_gate)
        {
            _ours.UnionWith(_workers);
        }

        await Task.WhenAll(_workers.Where(worker => !worker.HasEnded).Select(worker => worker.StopAsync(StopLimit)));
    }

    public async ValueTask DisposeAsync()
    {
        ProgramProcess[] workers;
        lock (_gate)
        {
            workers = [.. _workers];
        }

        foreach (ProgramProcess worker in workers)
        {
            await worker.DisposeAsync();
        }

        if (_producer is not null)
        {
            await _producer.DisposeAsync();
        }
    }

    private ProgramProcess Start(ChaosRole role, string name)
    {
        var process = ProgramProcess.Start(typeof(Crew).Assembly, (options with { Role = role }).ToArguments());
        progress.Follow(LedgerWriter.PathOf(options.Folder!, name, process.Id), () => process.HasEnded);
        memory.Follow(name, process);
        return process;
    }
}
