namespace TypedTasks.Simulation.Outlines;

/// <summary>Draws the canvas of a seed: a chain, a group and its join, a chain around one, or a group within a group.</summary>
/// <param name="random">The seed's.</param>
/// <param name="first">The number of its first step.</param>
internal sealed class OutlineDrawing(Random random, int first)
{
    private int _number = first;

    internal CanvasOutline Draw() => new()
    {
        Parts = random.Next(4) switch
        {
            0 => Chain(2 + random.Next(3)),
            1 => [Group(2 + random.Next(5), isLinked: false)],
            2 => [.. Chain(1 + random.Next(2)), Group(2 + random.Next(3), random.Next(2) == 0), .. Links(random.Next(2))],
            _ => [Around(Group(2 + random.Next(2), isLinked: false)), .. Links(random.Next(2))],
        },
        At = TimeSpan.FromMilliseconds(random.Next(2_000)),
        Delay = TimeSpan.FromMilliseconds(random.Next(4) == 0 ? random.Next(5_000) : 0),
        IsSentTwice = random.Next(4) == 0,
        CancelAt = random.Next(8) == 0 ? TimeSpan.FromMilliseconds(random.Next(10_000)) : null,
        Deadline = random.Next(8) == 0 ? TimeSpan.FromMilliseconds(1 + random.Next(40_000)) : null,
    };

    private List<Part> Chain(int length) => [Step(isLinked: false), .. Links(length - 1)];

    private IEnumerable<Part> Links(int count) => Enumerable.Range(0, count).Select(_ => Step(isLinked: random.Next(4) > 0));

    /// <summary>A group of short chains; linked ones have links only.</summary>
    private GroupPart Group(int members, bool isLinked) => Join(
        [.. Enumerable.Range(0, members).Select(_ => (IReadOnlyList<Part>)[Step(isLinked), .. Enumerable.Range(0, random.Next(3) / 2).Select(_ => Step(isLinked || random.Next(2) == 0))])],
        isLinked);

    private GroupPart Around(GroupPart inner) => Join([[inner, .. Links(random.Next(2))], .. Enumerable.Range(0, 1 + random.Next(2)).Select(_ => Chain(1 + random.Next(2)))], isLinked: false);

    private GroupPart Join(IReadOnlyList<IReadOnlyList<Part>> members, bool isLinked) =>
        new(members, random.Next(2) == 0 ? JoinOn.AllSucceeded : JoinOn.AllEnded, isLinked, Step(isLinked: random.Next(3) > 0, TaskKind.Plain));

    private StepPart Step(bool isLinked, TaskKind? kind = null) => new(_number++, isLinked, new HandlerPlan
    {
        Kind = kind ?? random.Next(6) switch { 0 => TaskKind.Keyed, 1 => TaskKind.AtMostOnce, _ => TaskKind.Plain },
        Key = random.Next(3),
        Work = TimeSpan.FromMilliseconds(random.Next(6) switch { < 3 => 0, 3 => random.Next(100), 4 => random.Next(2_000), _ => random.Next(25_000) }),
        Failures = random.Next(6) == 0 ? random.Next(4) : 0,
        ObservesToken = random.Next(4) > 0,
        Snoozes = random.Next(12) == 0,
    });
}
