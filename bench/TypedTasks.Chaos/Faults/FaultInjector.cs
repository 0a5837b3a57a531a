using TypedTasks.Chaos.Ledgers;
using TypedTasks.Chaos.Roles;
using TypedTasks.TestServers;
using TypedTasks.TestServers.Processes;

namespace TypedTasks.Chaos.Faults;

/// <summary>Breaks things, one after the other, and writes down when. Each fault returns when the run is alive again.</summary>
internal sealed class FaultInjector(ChaosOptions options, Broker broker, Crew crew, Progress progress, LedgerWriter ledger)
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);
    private int _count;

    /// <summary>Which fault comes when tasks have been worked at so many times: spread over the run, in a random order at random places.</summary>
    public static IReadOnlyList<(long At, FaultKind Kind)> Schedule(Experiment experiment, long tasks, Random random)
    {
        FaultKind[] kinds = [.. experiment.Faults.SelectMany(fault => Enumerable.Repeat(fault.Key, fault.Value))];
        random.Shuffle(kinds);
        double share = 0.96 * tasks / Math.Max(1, kinds.Length);
        return [.. kinds.Select((kind, i) => ((long)((0.01 * tasks) + (share * (i + random.NextDouble()))), kind))];
    }

    public async Task InjectAsync(FaultKind kind, Random random)
    {
        switch (kind)
        {
            case FaultKind.BrokerKill:
                // Right after it said yes to something.
                long before = progress.Pulse.Acceptances;
                await progress.UntilAsync(() => progress.Pulse.Acceptances > before, TimeSpan.FromSeconds(1));
                await WithBrokerDownAsync(kind, broker.Server.KillAsync, random);
                break;
            case FaultKind.SettleKill:
                long worked = progress.Pulse.Effects;
                await progress.UntilAsync(() => progress.Pulse.Effects > worked, TimeSpan.FromSeconds(1));
                await WithBrokerDownAsync(kind, broker.Server.KillAsync, random);
                break;
            case FaultKind.BrokerRestart:
                await WithBrokerDownAsync(kind, () => broker.Server.StopAsync(), random);
                break;
            case FaultKind.WorkerKill:
                ProgramProcess victim = crew.Choose(random);
                long killed = Begin(kind, victim.Id);
                await crew.KillAsync(victim);
                crew.StartWorker();
                End(killed, kind, victim.Id);
                break;
            case FaultKind.WorkerStop:
                ProgramProcess leaving = crew.Choose(random);
                long stopped = Begin(kind, leaving.Id);
                crew.StartWorker();
                await crew.StopAsync(leaving);
                End(stopped, kind, leaving.Id);
                break;
            case FaultKind.WorkerPause:
                await PauseWorkerAsync(random);
                break;
            case FaultKind.ProducerKill:
                long gone = Begin(kind, crew.ProducerId);
                await crew.KillProducerAsync();
                End(gone, kind, crew.ProducerId);
                break;
            case FaultKind.Cut:
                (random.Next(2) == 0 ? broker.Proxy.ToServer : broker.Proxy.ToClient).CutAfter(random.Next(1, 20_000));
                End(Begin(kind, 0), kind, 0);
                break;
            case FaultKind.HalfOpen:
                await WithNetworkBrokenAsync(kind, broker.Proxy.GoSilent, broker.Proxy.ResetConnections, options.Lease * (0.5 + random.NextDouble()));
                break;
            case FaultKind.Partition:
                await WithNetworkBrokenAsync(kind, () => Stall(true), () => Stall(false), options.Lease * (0.5 + random.NextDouble()));
                break;
            case FaultKind.Slow:
                await WithNetworkBrokenAsync(kind, SlowDown, static () => { }, options.Lease * (1 + random.NextDouble()));
                break;
            case FaultKind.ScriptFlush when broker.Server is RedisServerProcess redis:
                long flushed = Begin(kind, 0);
                await redis.CommandAsync("SCRIPT", "FLUSH");
                End(flushed, kind, 0);
                break;
            default:
                throw new BenchException($"{options.Engine} has no {Experiment.NameOf(kind)}.");
        }
    }

    private async Task WithBrokerDownAsync(FaultKind kind, Func<Task> down, Random random)
    {
        int process = broker.Server.ProcessId;
        long fault = Begin(kind, process);
        await down();
        await Task.Delay(random.Next(0, 200));
        await broker.Server.StartAgainAsync();
        End(fault, kind, process);
        await UntilAliveAsync();
    }

    private async Task PauseWorkerAsync(Random random)
    {
        ProgramProcess worker = crew.Choose(random);
        long fault = Begin(FaultKind.WorkerPause, worker.Id);
        try
        {
            worker.Pause();

            // Long enough for its lease to end and its tasks to be others'.
            await Task.Delay((options.Lease * 1.5) + TimeSpan.FromSeconds(1));
            worker.Resume();
        }
        catch (InvalidOperationException) when (options.Experiment.PoisonEvery > 0)
        {
            // A poison task was faster.
        }

        End(fault, FaultKind.WorkerPause, worker.Id);
        crew.GiveBack(worker);
    }

    private async Task WithNetworkBrokenAsync(FaultKind kind, Action fail, Action mend, TimeSpan time)
    {
        long fault = Begin(kind, 0);
        fail();
        await Task.Delay(time);
        broker.Proxy.Heal();
        mend();
        End(fault, kind, 0);
        await UntilAliveAsync();
    }

    private void Stall(bool stalls)
    {
        broker.Proxy.ToServer.Stall = stalls;
        broker.Proxy.ToClient.Stall = stalls;
    }

    private void SlowDown()
    {
        foreach (FaultDirection direction in (FaultDirection[])[broker.Proxy.ToServer, broker.Proxy.ToClient])
        {
            direction.Delay = TimeSpan.FromMilliseconds(100);
            direction.BytesPerSecond = 1_000_000;
            direction.SegmentSize = 16;
        }
    }

    private async Task UntilAliveAsync()
    {
        progress.Read();
        (long acceptances, long effects) = progress.Pulse;
        bool isAlive = await progress.UntilAsync(
            () => (progress.Pulse.Acceptances > acceptances || progress.Accepted == options.Tasks) && (progress.Pulse.Effects > effects || progress.Worked == options.Tasks),
            Recovery);
        if (!isAlive)
        {
            // What the server says while it stands still; the next fault changes that.
            await File.WriteAllTextAsync(Path.Combine(options.Folder!, $"still-{_count}.txt"), await broker.DescribeAsync());
        }
    }

    private long Begin(FaultKind kind, int process)
    {
        int fault = ++_count;
        ledger.Write(fault, LedgerEvent.FaultBegan, value: (int)kind, process: process);
        return fault;
    }

    private void End(long fault, FaultKind kind, int process) => ledger.Write(fault, LedgerEvent.FaultEnded, value: (int)kind, process: process);
}
