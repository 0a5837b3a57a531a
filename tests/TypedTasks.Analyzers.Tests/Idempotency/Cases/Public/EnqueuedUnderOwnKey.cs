// The next task is handed out under an id that is made of this one's.
[TaskContract]
public interface IPipelines
{
    [Task, Idempotent]
    Task StartAsync(Guid pipeline, int[] stages, TaskContext context);

    [Task, AtMostOnce]
    Task RunStageAsync(Guid pipeline, int stage);
}

public sealed class PipelineWorker(ITaskClient<IPipelines> pipelines) : IPipelines
{
    public async Task StartAsync(Guid pipeline, int[] stages, TaskContext context)
    {
        for (int i = 0; i < stages.Length; i++)
        {
            await context.OnceAsync($"stage:{stages[i]}", async _ => await pipelines.RunStageAsync(pipeline, stages[i]));
        }

        await {|TT416:pipelines.RunStageAsync(pipeline, -1)|};
    }

    public Task RunStageAsync(Guid pipeline, int stage) => Task.CompletedTask;
}
