namespace TypedTasks.Simulation.Outlines;

/// <summary>Builds the canvas of an outline as a user would.</summary>
internal static class OutlineBuilding
{
    internal static TaskChain<int> Build(IReadOnlyList<Part> parts)
    {
        TaskChain<int>? chain = null;
        foreach (Part part in parts)
        {
            chain = (chain, part) switch
            {
                (null, StepPart step) => First(step),
                ({ } before, StepPart { IsLinked: true } step) => before.Then(Link(step)),
                ({ } before, StepPart step) => Then(before, step),
                (null, GroupPart group) => Join(Canvas.Group(group.Members.Select(Build)), group),
                ({ } before, GroupPart { IsLinked: true } group) => Join(before.ThenGroup(group.Members.Select(Links)), group),
                ({ } before, GroupPart group) => Join(before.Then(Canvas.Group(group.Members.Select(Build))), group),
                _ => throw new InvalidOperationException($"There is no part {part}."),
            };
        }

        return chain!;
    }

    private static TaskChain<int> Join(TaskGroup<int> group, GroupPart part) => part.Join.IsLinked
        ? group.Join(part.When, SimTasksTasks.JoinLink(part.Join.Number))
        : group.Join(part.When, SimTasksTasks.Join([], part.Join.Number));

    private static TaskLink<int, int> Links(IReadOnlyList<Part> parts) => parts.Cast<StepPart>().Select(Link).Aggregate((before, link) => before.Then(link));

    private static TaskLink<int, int> Link(StepPart step) => step.Plan.Kind switch
    {
        TaskKind.Keyed => SimTasksTasks.KeyedStepLink(step.Plan.Key, step.Number),
        TaskKind.AtMostOnce => SimTasksTasks.OnceStepLink(step.Number),
        _ => SimTasksTasks.StepLink(step.Number),
    };

    private static TaskChain<int> First(StepPart step) => step.Plan.Kind switch
    {
        TaskKind.Keyed => Canvas.Chain(SimTasksTasks.KeyedStep(0, step.Plan.Key, step.Number)),
        TaskKind.AtMostOnce => Canvas.Chain(SimTasksTasks.OnceStep(0, step.Number)),
        _ => Canvas.Chain(SimTasksTasks.Step(0, step.Number)),
    };

    private static TaskChain<int> Then(TaskChain<int> chain, StepPart step) => step.Plan.Kind switch
    {
        TaskKind.Keyed => chain.Then(SimTasksTasks.KeyedStep(0, step.Plan.Key, step.Number)),
        TaskKind.AtMostOnce => chain.Then(SimTasksTasks.OnceStep(0, step.Number)),
        _ => chain.Then(SimTasksTasks.Step(0, step.Number)),
    };
}
