// Generic helpers that mix up their type parameters, and type arguments that are written out.
namespace Steps;

[TaskContract]
public interface ISteps
{
    [Task, Idempotent] ValueTask<int> ParseAsync(string text);
    [Task, Idempotent] ValueTask<string> FormatAsync(int number);
    [Task, Idempotent] ValueTask<int> SumAsync(List<int> numbers);
}

public static class Steps
{
    public static TaskChain<TLast> Backwards<TFirst, TNext, TLast>(TaskChain<TFirst> chain, TaskLink<TFirst, TNext> one, TaskLink<TNext, TLast> two) => chain.Then({|TT801:two|});

    public static TaskChain<TLast> Forwards<TFirst, TNext, TLast>(TaskChain<TFirst> chain, TaskLink<TFirst, TNext> one, TaskLink<TNext, TLast> two) => chain.Then(one.Then(two));

    public static TaskChain<T> Joined<T>(TaskGroup<T> group, TaskLink<T, T> link) => group.Join(JoinOn.AllEnded, {|TT802:link|});

    public static TaskChain<T> JoinedAll<T>(TaskGroup<T> group, TaskLink<IReadOnlyList<T>, T> link) => group.Join(JoinOn.AllEnded, link);

    public static TaskChain<string> Written(string text) => Canvas.Chain(StepsTasks.Parse(text)).Then<string>(StepsTasks.FormatLink());

    public static TaskChain<int> WrittenWrong(string text) => Canvas.Chain(StepsTasks.Parse(text)).Then<int>({|TT801:StepsTasks.ParseLink()|});

    public static TaskChain<int> Sum(IReadOnlyList<string> texts) => Canvas.Group(texts.Select(StepsTasks.Parse).ToArray()).Join<int>(JoinOn.AllSucceeded, StepsTasks.SumLink());
}
