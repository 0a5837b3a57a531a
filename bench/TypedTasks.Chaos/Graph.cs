using System.Buffers.Binary;

namespace TypedTasks.Chaos;

/// <summary>
/// The canvas of the experiment of that name, of twenty tasks: three tasks and their join, and beside them one task, joined when both have ended; a step behind; five chains of two, joined; and two steps
/// behind. Each step returns the sum of what it is given and of its own number, so that the last result says whether each was given what it should be.
/// </summary>
internal static class Graph
{
    public const int Steps = 20;

    /// <summary>The place of the last step.</summary>
    public const int Last = Steps - 1;

    private const int InnerJoin = 3;
    private const int Single = 4;
    private const int OuterJoin = 5;
    private const int Head = 6;
    private const int FirstChain = 7;
    private const int Chains = 5;
    private const int ChainJoin = 17;

    // In one graph of so many the single task fails for good, and the outer join runs without its result.
    private const int DoomedEvery = 4;

    /// <summary>What a task of the experiment is.</summary>
    public static TaskKind KindOf(long number) => (int)(number % Steps) switch
    {
        InnerJoin or OuterJoin or ChainJoin => TaskKind.Join,
        Single when number / Steps % DoomedEvery == DoomedEvery - 1 => TaskKind.Doomed,
        _ => TaskKind.Step,
    };

    /// <summary>The places that a place follows: all of them are done when it begins.</summary>
    public static int[] Before(int place) => place switch
    {
        < InnerJoin or Single => [],
        InnerJoin => [0, 1, 2],
        OuterJoin => [InnerJoin, Single],
        ChainJoin => [.. Enumerable.Range(0, Chains).Select(chain => FirstChain + (2 * chain) + 1)],
        > Head and < ChainJoin when (place - FirstChain) % 2 == 0 => [Head],
        _ => [place - 1],
    };

    public static TaskChain<long> Build(long graph, Plan plan)
    {
        long first = graph * Steps;
        TaskChain<long> inner = Canvas.Group(Enumerable.Range(0, InnerJoin).Select(Call)).Join(JoinOn.AllSucceeded, JoinLink(InnerJoin));
        TaskChain<long> single = KindOf(first + Single) == TaskKind.Doomed ? Canvas.Chain(ChaosTasksTasks.Doomed(first + Single)) : Call(Single);
        return Canvas.Group(inner, single).Join(JoinOn.AllEnded, JoinLink(OuterJoin))
            .Then(Link(Head))
            .ThenGroup(Enumerable.Range(0, Chains).Select(chain => Link(FirstChain + (2 * chain)).Then(Link(FirstChain + (2 * chain) + 1))))
            .Join(JoinOn.AllSucceeded, JoinLink(ChainJoin))
            .Then(Link(ChainJoin + 1))
            .Then(Link(Last));

        int Work(int place) => plan.WorkOf(first + place);

        TaskChain<long> Call(int place) => Canvas.Chain(ChaosTasksTasks.Step(0, first + place, Work(place)));

        TaskLink<long, long> Link(int place) => ChaosTasksTasks.StepLink(first + place, Work(place));

        TaskLink<long[], long> JoinLink(int place) => ChaosTasksTasks.JoinLink(first + place, Work(place));
    }

    /// <summary>What tells one task id from another, in the place of a time.</summary>
    public static long MarkOf(TaskId id)
    {
        Span<byte> bytes = stackalloc byte[TaskId.Size];
        id.Write(bytes);
        return BinaryPrimitives.ReadInt64BigEndian(bytes) ^ BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(long)..]);
    }

    /// <summary>What the last step returns.</summary>
    public static long ResultOf(long graph) => ResultOf(graph * Steps, Last);

    private static long ResultOf(long first, int place) =>
        first + place + Before(place).Where(before => KindOf(first + before) != TaskKind.Doomed).Sum(before => ResultOf(first, before));
}
