// When to join is forgotten, comes last, or is a flag; chains and groups are asked for what they do not have.
namespace Shop;

[TaskContract]
public interface IVotes
{
    [Task, Idempotent] ValueTask<int> CountAsync(string district);
    [Task, Idempotent] ValueTask<int> SumAsync(int[] counts);
    [Task, Idempotent] ValueTask PublishAsync(int sum, DateOnly day);
}

public static class Votes
{
    private static TaskGroup<int> Districts(params string[] districts) => Canvas.Group(districts.Select(VotesTasks.Count));

    public static TaskChain<int> Forgotten() => Districts("a", "b").Join(VotesTasks.SumLink()); // refused

    public static TaskChain<int> Last() => Districts("a", "b").Join(VotesTasks.SumLink(), JoinOn.AllSucceeded); // refused

    public static TaskChain<int> Flag(bool all) => Districts("a", "b").Join(all, VotesTasks.SumLink()); // refused

    public static TaskChain<NoResult> GroupThen(DateOnly day) => Districts("a", "b").Then(VotesTasks.PublishLink(day)); // refused

    public static TaskChain<int> ChainJoin() => Canvas.Chain(VotesTasks.Count("a")).Join(JoinOn.AllEnded, VotesTasks.SumLink()); // refused

    public static TaskChain<int> Nothing() => Canvas.Group(); // refused

    public static TaskChain<NoResult> TwoAtOnce(DateOnly day) => Districts("a", "b").Join(JoinOn.AllEnded, VotesTasks.SumLink(), VotesTasks.PublishLink(day)); // refused

    public static TaskChain<NoResult> Right(DateOnly day) => Districts("a", "b").Join(JoinOn.AllEnded, VotesTasks.SumLink()).Then(VotesTasks.PublishLink(day));
}
