// Extension methods and builders of one's own that are called as ours are, take links, and are wrong in ways of their own.
namespace Words;

[TaskContract]
public interface IWords
{
    [Task, Idempotent] ValueTask<string> ReadAsync(Uri page);
    [Task, Idempotent] ValueTask<int> CountAsync(string text, string word);
    [Task, Idempotent] ValueTask StoreAsync(int count, string word);
    [Task, Idempotent] ValueTask AuditAsync(string who);
}

public sealed class Pipeline
{
    private readonly List<object> _steps = [];

    public Pipeline Chain(TaskLink<string, int> link)
    {
        _steps.Add(link);
        return this;
    }

    public Pipeline Then<TIn, TOut>(TaskLink<TIn, TOut> link)
    {
        _steps.Add(link);
        return this;
    }

    public Pipeline Group(params object[] links)
    {
        _steps.AddRange(links);
        return this;
    }

    public Task<bool> EnqueueAsync(TaskLink<int, NoResult> link, string queue) => Task.FromResult(_steps.Contains(link) && queue.Length > 0);
}

public static class Words
{
    public static TaskChain<NoResult> Audited<TResult>(this TaskChain<TResult> chain, string who) => chain.Then(WordsTasks.Audit(who));

    public static TaskChain<TNext> ThenIf<TResult, TNext>(this TaskChain<TResult> chain, bool condition, TaskLink<TResult, TNext> link, TaskLink<TResult, TNext> otherwise) =>
        chain.Then(condition ? link : otherwise);

    public static TaskChain<NoResult> Stored(this TaskChain<int> counted, string word) => counted.Then(WordsTasks.StoreLink(word));

    public static TaskChain<NoResult> Counted(Uri page, string word) => Canvas
        .Chain(WordsTasks.Read(page))
        .ThenIf(word.Length > 3, WordsTasks.CountLink(word), otherwise: WordsTasks.CountLink("the"))
        .Stored(word)
        .Audited("me");

    public static async Task<bool> ByHandAsync(string word)
    {
        Pipeline pipeline = new Pipeline().Chain(WordsTasks.CountLink(word)).Then(WordsTasks.StoreLink(word)).Then(WordsTasks.CountLink(word)).Group(WordsTasks.StoreLink(word), WordsTasks.CountLink(word));
        await pipeline.EnqueueAsync(WordsTasks.StoreLink(word)); // refused
        return await pipeline.EnqueueAsync(WordsTasks.StoreLink(word), "words");
    }

    public static Pipeline Wrong(Pipeline pipeline, string word) => pipeline.Chain(WordsTasks.StoreLink(word)); // refused
}
