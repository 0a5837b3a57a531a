using TypedTasks.Simulation.Checks;
using TypedTasks.Simulation.Outlines;
using TypedTasks.Simulation.World;

namespace TypedTasks.Simulation;

/// <summary>Enqueues the canvases of a scenario as a careful producer does, again under the same id while it does not know that all of it was accepted, waits for their ends, and cancels them.</summary>
internal sealed class CanvasProducer(SimWorld world, Ledger ledger, ITaskCanvas canvas, Scenario scenario, Action<string, Task> watch)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    internal async Task ProduceAsync(int number)
    {
        CanvasOutline outline = scenario.Canvases[number];
        TaskId id = new(new Guid(scenario.Seed, (short)number, 0, 0, 0, 0, 0, 0, 0, 0, 2));
        TaskChain<int> chain = OutlineBuilding.Build(outline.Parts);
        var options = new EnqueueOptions { Id = id, Delay = outline.Delay, Deadline = SimWorld.Epoch + outline.At + outline.Deadline };
        ledger.Canvases.Asked(id, outline);
        TaskHandle<int> handle = await EnqueueAsync(chain, options).ConfigureAwait(false);
        if (outline.CancelAt is { } cancelAt)
        {
            world.Schedule(cancelAt, () => watch("the cancellation of a canvas", CancelAsync(handle)));
        }

        if (outline.IsSentTwice)
        {
            await EnqueueAsync(chain, options).ConfigureAwait(false);
        }

        while (true)
        {
            Task<int> result = handle.ResultAsync().AsTask();
            await result.Quietly();
            switch (result.Exception?.InnerException)
            {
                case null:
                    ledger.Told(id, TaskState.Succeeded, result.Result);
                    return;
                case TaskFailedException failed:
                    ledger.Canvases.Told(id, failed.Id);
                    ledger.Told(failed.Id, failed.State);
                    return;
                case TaskEngineException:
                    await world.PauseAsync(Pause).ConfigureAwait(false);
                    break;
                case TaskOutcomeUnavailableException nothing:
                    throw ledger.Canvases.ToldNothing(id, nothing);
                default:
                    await result.ConfigureAwait(false);
                    return;
            }
        }
    }

    private async Task<TaskHandle<int>> EnqueueAsync(TaskChain<int> chain, EnqueueOptions options)
    {
        while (true)
        {
            Task<TaskHandle<int>> enqueueing = canvas.EnqueueAsync(chain, options).AsTask();
            await enqueueing.Quietly();
            if (enqueueing.Exception?.InnerException is not (TaskUnconfirmedException or TaskRejectedException { Reason: TaskRejection.Full or TaskRejection.Refused }))
            {
                return await enqueueing.ConfigureAwait(false);
            }

            await world.PauseAsync(Pause).ConfigureAwait(false);
        }
    }

    private static async Task CancelAsync(TaskHandle<int> handle)
    {
        Task<bool> cancelling = handle.CancelAsync().AsTask();
        await cancelling.Quietly();
        if (cancelling.Exception?.InnerException is not TaskEngineException)
        {
            // A request that was lost is made again, or not; nothing else may go wrong.
            await cancelling.ConfigureAwait(false);
        }
    }
}
