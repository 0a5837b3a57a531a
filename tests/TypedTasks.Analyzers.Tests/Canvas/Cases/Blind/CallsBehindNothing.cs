// Whole calls behind what returns nothing, behind groups that return nothing, and behind results that nobody needs.
namespace Cleaning;

[TaskContract]
public interface ICleaning
{
    [Task, Idempotent] Task SweepAsync(string room);
    [Task, Idempotent] Task<int> CountAsync(string room);
    [Task, Idempotent] Task LockAsync();
    [Task, AtMostOnce] Task ReportAsync(DateOnly day, TaskContext context = null!);
    [Task, Idempotent] Task StoreAsync(int count, CancellationToken cancellationToken = default);
}

public sealed class Cleaners(ITaskCanvas canvas, TimeProvider time)
{
    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    public Task<TaskHandle<NoResult>[]> RunAsync(IReadOnlyCollection<string[]> floors, CancellationToken cancellationToken) => Task.WhenAll(floors.Select(async rooms =>
        await canvas.EnqueueAsync(Canvas
            .Group(rooms.Select(room => CleaningTasks.Sweep(room)))
            .Join(JoinOn.AllEnded, CleaningTasks.Lock())
            .Then(CleaningTasks.Report(Today)), cancellationToken: cancellationToken)));

    public TaskChain<NoResult> Counted(string[] rooms) => Canvas
        .Group(rooms.Select(CleaningTasks.Count))
        .Join(JoinOn.AllSucceeded, CleaningTasks.Report(Today));

    public TaskGroup<NoResult> CountedEach(string[] rooms) => Canvas.Chain(CleaningTasks.Lock()).Then(Canvas.Group(
        rooms.Select(room => Canvas.Chain(CleaningTasks.Sweep(room)).Then(CleaningTasks.Count(room)).Then(CleaningTasks.StoreLink()))));

    public TaskGroup<NoResult> SweptAndStored(string room) => Canvas.Group(
        Canvas.Chain(CleaningTasks.Sweep(room)),
        Canvas.Chain(CleaningTasks.Count(room)).Then(CleaningTasks.StoreLink()),
        Canvas.Chain(CleaningTasks.Count(room)).ThenGroup(CleaningTasks.StoreLink(), CleaningTasks.StoreLink()).Join(JoinOn.AllEnded, CleaningTasks.Lock()));
}
