using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Roles;

/// <summary>The role that produces canvases: twenty tasks each, all of which are accepted with the first. When all are, it waits for the result of each canvas, and ends.</summary>
internal sealed class GraphProducer(ChaosOptions options, LedgerWriter ledger, ITaskCanvas canvas)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly Plan _plan = options.Plan;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentQueue<(long Graph, TaskHandle<long> Handle)> _unanswered = new();
    private long _next = -1;

    public static async Task RunAsync(ChaosOptions options)
    {
        using var ledger = new LedgerWriter(LedgerWriter.PathOf(options.Folder!, Producer.Role, Environment.ProcessId));
        using IHost host = await EngineChoice.StartHostAsync(options, Producer.Role, tasks => tasks.AddClient<IChaosTasks>());
        var producer = new GraphProducer(options, ledger, host.Services.GetRequiredService<ITaskCanvas>());
        var room = Room.Open();
        await producer.ForEachCallerAsync(() => producer.ProduceAsync(room));
        await producer.ForEachCallerAsync(producer.AwaitResultsAsync);
        await host.StopAsync();
    }

    private Task ForEachCallerAsync(Func<Task> work) => Task.WhenAll(Enumerable.Range(0, options.Callers).Select(_ => Task.Run(work)));

    private async Task ProduceAsync(Room room)
    {
        while (await TakeTurnAsync(room) is { } graph)
        {
            _unanswered.Enqueue((graph, await EnqueueAsync(graph)));
        }
    }

    /// <summary>One after the other: callers that had each room for half a canvas would wait for ever.</summary>
    private async Task<long?> TakeTurnAsync(Room room)
    {
        await _turn.WaitAsync();
        try
        {
            long graph = ++_next;
            if (graph * Graph.Steps >= options.Tasks)
            {
                return null;
            }

            for (int step = 0; step < Graph.Steps; step++)
            {
                await room.TakeAsync();
            }

            return graph;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Goes on until all of it is accepted. After a first answer that did not come, under the id that the first try had.</summary>
    private async Task<TaskHandle<long>> EnqueueAsync(long graph)
    {
        TaskChain<long> chain = Graph.Build(graph, _plan);
        EnqueueOptions enqueue = default;
        Note(graph, LedgerEvent.Intent);
        while (true)
        {
            try
            {
                TaskHandle<long> handle = await canvas.EnqueueAsync(chain, enqueue);
                Note(graph, LedgerEvent.Accepted);
                return handle;
            }
            catch (TaskUnconfirmedException unconfirmed)
            {
                ledger.Write(graph * Graph.Steps, LedgerEvent.Unconfirmed, TaskKind.Step);
                enqueue = enqueue with { Id = unconfirmed.Id };
            }
            catch (TaskRejectedException)
            {
                ledger.Write(graph * Graph.Steps, LedgerEvent.Refused, TaskKind.Step);
                await Task.Delay(Pause);
            }
        }
    }

    /// <summary>Of every step: with the first all the others are promised.</summary>
    private void Note(long graph, LedgerEvent what)
    {
        for (long number = graph * Graph.Steps; number < (graph + 1) * Graph.Steps; number++)
        {
            ledger.Write(number, what, _plan.KindOf(number));
        }
    }

    private async Task AwaitResultsAsync()
    {
        while (_unanswered.TryDequeue(out (long Graph, TaskHandle<long> Handle) next))
        {
            await AwaitResultAsync((next.Graph * Graph.Steps) + Graph.Last, next.Handle);
        }
    }

    private async Task AwaitResultAsync(long last, TaskHandle<long> handle)
    {
        for (int failures = 0; ; failures++)
        {
            try
            {
                RunId result = RunId.OfResult(await handle.ResultAsync(LongestWait));
                ledger.Write(last, LedgerEvent.Outcome, TaskKind.Step, value: result.Run, process: result.Process);
                break;
            }
            catch (TaskFailedException)
            {
                ledger.Write(last, LedgerEvent.DeadLetter, TaskKind.Step);
                break;
            }
            catch (TaskEngineException) when (failures < 100)
            {
                await Task.Delay(Pause);
            }
            catch (TaskException)
            {
                ledger.Write(last, LedgerEvent.NoAnswer, TaskKind.Step);
                break;
            }
        }
    }
}
