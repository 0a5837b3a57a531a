using System.Buffers.Binary;

namespace TypedTasks.Chaos;

/// <summary>
/// The canvas of the experiment of that name, of twenty tasks: a first step; five chains of two, joined; then, side by side, three tasks and their join, and one task, joined when both have ended; and two
/// steps behind. Each step returns the sum of what it is given and of its own number, so that the last result says whether each was given what it should be.
/// </summary>
internal static class Graph
{
    public const int Steps = 20;

    /// <summary>The place of the last step.</summary>
    public const int Last = Steps - 1;

    private const int Chains = 5;
    private const int FirstJoin = 11;
    private const int InnerJoin = 15;
    private const int Single = 16;
    private const int OuterJoin = 17;

    // In one graph of so many the single task fails for good, and the outer join runs without its result.
    private const int DoomedEvery = 4;

    /// <summary>What a task of the experiment is.</summary>
    public static TaskKind KindOf(long number) => (int)(number % Steps) switch
    {
        FirstJoin or InnerJoin or OuterJoin => TaskKind.Join,
        Single when number / Steps % DoomedEvery == DoomedEvery - 1 => TaskKind.Doomed,
        _ => TaskKind.Step,
    };

    /// <summary>The places that a place follows: all of them are done when it begins.</summary>
    public static ReadOnlySpan<int> Before(int place) => place switch
    {
        0 => [],
        FirstJoin => [2, 4, 6, 8, 10],
        < FirstJoin => place % 2 == 1 ? [0] : new[] { place - 1 },
        12 or 13 or 14 or Single => [FirstJoin],
        InnerJoin => [12, 13, 14],
        OuterJoin => [InnerJoin, Single],
        _ => new[] { place - 1 },
    };

    public static TaskChain<long> Build(long graph, Plan plan)
    {
        long first = graph * Steps;
        TaskChain<long> joined = Canvas.Chain(ChaosTasksTasks.Step(0, first, Work(0)))
            .ThenGroup(Enumerable.Range(0, Chains).Select(chain => Link((2 * chain) + 1).Then(Link((2 * chain) + 2))))
            .Join(JoinOn.AllSucceeded, JoinLink(FirstJoin));
        TaskChain<long> inner = Canvas.Group(Call(12), Call(13), Call(14)).Join(JoinOn.AllSucceeded, JoinLink(InnerJoin));
        TaskChain<long> single = KindOf(first + Single) == TaskKind.Doomed ? Canvas.Chain(ChaosTasksTasks.Doomed(first + Single)) : Call(Single);
        return joined.Then(Canvas.Group(inner, single)).Join(JoinOn.AllEnded, JoinLink(OuterJoin)).Then(Link(18)).Then(Link(Last));

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

    private static long ResultOf(long first, int place)
    {
        long sum = first + place;

        // These are whole calls, and given nothing.
        if (place is 12 or 13 or 14 or Single)
        {
            return sum;
        }

        foreach (int before in Before(place))
        {
            sum += KindOf(first + before) == TaskKind.Doomed ? 0 : ResultOf(first, before);
        }

        return sum;
    }
}
