// A task that looks at another, and gives it up, by its id: nothing is enqueued.

[TaskContract]
public interface IRenders
{
    [Task, Idempotent]
    Task RenderAsync(Guid film);
}

[TaskContract]
public interface IFilms
{
    [Task, Idempotent]
    Task WithdrawAsync(Guid film, TaskId render);
}

public sealed class FilmWorker(ITaskClient<IRenders> renders) : IFilms
{
    public async Task WithdrawAsync(Guid film, TaskId render)
    {
        TaskHandle<NoResult> running = renders.RenderHandle(render);
        if (await running.StateAsync() is TaskState.Queued or TaskState.Running)
        {
            await running.CancelAsync();
        }

        await renders.RenderHandle(render).ForgetAsync();
    }
}
