// Somebody is in the middle of a line.
namespace Typing;

[TaskContract]
public interface IDrafts
{
    [Task, Idempotent] ValueTask<string> WriteAsync(string title);
    [Task, Idempotent] ValueTask<string> ProofAsync(string text, string language);
    [Task, Idempotent] ValueTask<int> CountAsync(string[] texts);
}

public sealed class Drafts(ITaskCanvas canvas)
{
    public async Task FirstAsync(string title)
    {
        await canvas.EnqueueAsync(Canvas.Chain(DraftsTasks.)); // refused
        await canvas.EnqueueAsync(Canvas.Chain(DraftsTasks.Write(title)).Then()); // refused
        await canvas.EnqueueAsync(Canvas.Chain(DraftsTasks.Write(title)).Then(DraftsTasks.ProofLink())); // refused
        await canvas.EnqueueAsync(Canvas.Chain(DraftsTasks.Write(title)).); // refused
        await canvas.EnqueueAsync(Canvas.Group(DraftsTasks.Write(title), )); // refused
        await canvas.EnqueueAsync(Canvas.Group(DraftsTasks.Write(title)).Join()); // refused
        await canvas.EnqueueAsync(Canvas.Group(DraftsTasks.Write(title)).Join(JoinOn.)); // refused
        await canvas.EnqueueAsync(); // refused
    }
}
