using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Roles;

/// <summary>
/// The role that produces. Its standard input says how far it may go: a number of tasks a line. When all are accepted it waits for the outcome of each that
/// has one, and ends.
/// </summary>
internal sealed class Producer(ChaosOptions options, LedgerWriter ledger, ITaskClient<IChaosTasks> client)
{
    public const string Role = "produce";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly Plan _plan = options.Plan;
    private readonly ConcurrentQueue<Unanswered> _unanswered = new();
    private bool[] _acceptedBefore = [];
    private bool[] _answeredBefore = [];
    private long _next = -1;

    public static async Task RunAsync(ChaosOptions options)
    {
        IReadOnlyList<LedgerFile> earlier = LedgerFile.ReadAll(options.Folder!);
        using var ledger = new LedgerWriter(LedgerWriter.PathOf(options.Folder!, Role, Environment.ProcessId));
        using IHost host = await EngineChoice.StartHostAsync(options, Role, tasks => tasks.AddClient<IChaosTasks>());
        var producer = new Producer(options, ledger, host.Services.GetRequiredService<ITaskClient<IChaosTasks>>());
        producer.Remember(earlier);
        await producer.RunAsync();
        await host.StopAsync();
    }

    /// <summary>Where a producer that was killed had come to.</summary>
    private void Remember(IReadOnlyList<LedgerFile> earlier)
    {
        _acceptedBefore = new bool[options.Tasks];
        _answeredBefore = new bool[options.Tasks];
        foreach (LedgerRecord record in earlier.SelectMany(file => file.Records))
        {
            _acceptedBefore[record.Number] |= record.Event == LedgerEvent.Accepted;
            _answeredBefore[record.Number] |= record.Event is LedgerEvent.Outcome or LedgerEvent.DeadLetter;
        }
    }

    private async Task RunAsync()
    {
        var room = Room.Open();
        await ForEachCallerAsync(() => ProduceAsync(room));
        await ForEachCallerAsync(AwaitOutcomesAsync);
    }

    private Task ForEachCallerAsync(Func<Task> work) => Task.WhenAll(Enumerable.Range(0, options.Callers).Select(_ => Task.Run(work)));

    private async Task ProduceAsync(Room room)
    {
        while (true)
        {
            long number = Interlocked.Increment(ref _next);
            if (number >= options.Tasks)
            {
                return;
            }

            await room.TakeAsync();
            TaskKind kind = _plan.KindOf(number);
            TaskHandle<long>? handle = _acceptedBefore[number] ? null : await EnqueueAsync(number, kind);
            if (kind == TaskKind.Plain || _answeredBefore[number])
            {
                continue;
            }

            var unanswered = new Unanswered(number, kind, handle);
            if (options.Experiment.Waits)
            {
                await AwaitOutcomeAsync(unanswered);
                continue;
            }

            _unanswered.Enqueue(unanswered);
            if (options.Experiment.AsksOnTheWay && _unanswered.Count > options.Window && _unanswered.TryDequeue(out Unanswered earlier))
            {
                await AwaitOutcomeAsync(earlier);
            }
        }
    }

    /// <summary>Goes on until the task is accepted. After a first answer that did not come, under the id that the first try had.</summary>
    private async Task<TaskHandle<long>> EnqueueAsync(long number, TaskKind kind)
    {
        TimeSpan delay = _plan.DelayOf(number);
        var enqueue = new EnqueueOptions { Delay = delay, Id = options.Experiment.HasOwnIds ? _plan.IdOf(number) : default };
        ledger.Write(number, LedgerEvent.Intent, kind, value: (int)delay.TotalMilliseconds);
        while (true)
        {
            try
            {
                TaskHandle<long> handle = await SendAsync(number, kind, enqueue);
                ledger.Write(number, LedgerEvent.Accepted, kind);
                return handle;
            }
            catch (TaskUnconfirmedException unconfirmed)
            {
                ledger.Write(number, LedgerEvent.Unconfirmed, kind);
                enqueue = enqueue with { Id = unconfirmed.Id };
            }
            catch (TaskRejectedException)
            {
                ledger.Write(number, LedgerEvent.Refused, kind);
                await Task.Delay(Pause);
            }
        }
    }

    private async ValueTask<TaskHandle<long>> SendAsync(long number, TaskKind kind, EnqueueOptions enqueue)
    {
        int work = _plan.WorkOf(number);
        switch (kind)
        {
            case TaskKind.Plain:
                await client.PlainAsync(number, work, enqueue);
                return default;
            case TaskKind.Kept:
                return await client.KeptAsync(number, work, enqueue);
            case TaskKind.Keyed:
                return await client.KeyedAsync(Plan.KeyOf(number), number, work, enqueue);
            case TaskKind.Poison:
                return await client.PoisonAsync(number, enqueue);
            default:
                return await client.HangAsync(number, enqueue);
        }
    }

    private async Task AwaitOutcomesAsync()
    {
        while (_unanswered.TryDequeue(out Unanswered next))
        {
            await AwaitOutcomeAsync(next);
        }
    }

    private async Task AwaitOutcomeAsync(Unanswered task)
    {
        (long number, TaskKind kind, TaskHandle<long>? known) = task;

        // Another producer's is asked for by its id, which is accepted once.
        TaskHandle<long> handle = known ?? await EnqueueAsync(number, kind);
        for (int failures = 0; ; failures++)
        {
            try
            {
                RunId run = RunId.OfResult(await handle.ResultAsync(LongestWait));
                ledger.Write(number, LedgerEvent.Outcome, kind, value: run.Run, process: run.Process);
                break;
            }
            catch (TaskFailedException failed) when (failed.State == TaskState.DeadLettered)
            {
                ledger.Write(number, LedgerEvent.DeadLetter, kind);
                break;
            }
            catch (TaskEngineException) when (failures < 100)
            {
                await Task.Delay(Pause);
            }
            catch (TaskException)
            {
                ledger.Write(number, LedgerEvent.NoAnswer, kind);
                break;
            }
        }
    }

    /// <summary>A task that is to have an outcome.</summary>
    /// <param name="Number">Its number.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Handle">Null when an earlier producer had it accepted.</param>
    private readonly record struct Unanswered(long Number, TaskKind Kind, TaskHandle<long>? Handle);
}
