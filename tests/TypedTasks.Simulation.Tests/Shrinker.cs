using TypedTasks.Simulation.Broker;
using TypedTasks.Simulation.Outlines;
using TypedTasks.Simulation.World;

namespace TypedTasks.Simulation;

/// <summary>Makes a failing scenario smaller: leaves out one part after another for as long as it still fails.</summary>
internal static class Shrinker
{
    /// <param name="failing">The scenario.</param>
    /// <param name="breakage">What is broken on purpose.</param>
    /// <param name="law">Part of what the failure says, so that a smaller scenario breaks the same law; any law when empty.</param>
    internal static Scenario Shrink(Scenario failing, Breakage breakage = Breakage.None, string law = "")
    {
        while (Smaller(failing).FirstOrDefault(smaller => Simulation.Run(smaller, breakage)?.Contains(law, StringComparison.Ordinal) == true) is { } next)
        {
            failing = next;
        }

        return failing;
    }

    private static IEnumerable<Scenario> Smaller(Scenario scenario)
    {
        for (int i = 0; i < scenario.Misfortunes.Count; i++)
        {
            yield return scenario with { Misfortunes = [.. scenario.Misfortunes.Where((_, index) => index != i)] };
        }

        for (int i = 0; i < scenario.Tasks.Count && scenario.Tasks.Count > 1; i++)
        {
            yield return scenario with { Tasks = [.. scenario.Tasks.Where((_, index) => index != i)] };
        }

        for (int i = 0; i < scenario.Canvases.Count; i++)
        {
            yield return scenario with { Canvases = [.. scenario.Canvases.Where((_, index) => index != i)] };
            foreach (IReadOnlyList<Part> parts in SmallerParts(scenario.Canvases[i].Parts))
            {
                yield return scenario with { Canvases = [.. scenario.Canvases.Select((canvas, index) => index == i ? canvas with { Parts = parts } : canvas)] };
            }
        }

        if (scenario.LargeStore != LargeStore.None)
        {
            yield return scenario with { LargeStore = LargeStore.None };
        }

        if (scenario.RecycleAfter != 0)
        {
            yield return scenario with { RecycleAfter = 0 };
        }

        if (scenario.SettlePause != TimeSpan.Zero)
        {
            yield return scenario with { SettlePause = TimeSpan.Zero };
        }

        if (scenario.Weather != Weather.Fair)
        {
            yield return scenario with { Weather = Weather.Fair };
        }

        if (scenario.ClockSkew != TimeSpan.Zero)
        {
            yield return scenario with { ClockSkew = TimeSpan.Zero };
        }

        if (scenario.Crowd != 0)
        {
            yield return scenario with { Crowd = 0 };
        }

        if (scenario.Capacity != int.MaxValue)
        {
            yield return scenario with { Capacity = int.MaxValue };
        }

        if (scenario.Workers > 1 && scenario.Misfortunes.All(misfortune => misfortune.Worker < scenario.Workers - 1))
        {
            yield return scenario with { Workers = scenario.Workers - 1 };
        }
    }

    /// <summary>A canvas without its last part, or with a member less in a group.</summary>
    private static IEnumerable<IReadOnlyList<Part>> SmallerParts(IReadOnlyList<Part> parts)
    {
        if (parts.Count > 1)
        {
            yield return [.. parts.SkipLast(1)];
        }

        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i] is not GroupPart group)
            {
                continue;
            }

            for (int member = 0; member < group.Members.Count && group.Members.Count > 1; member++)
            {
                yield return With(i, group with { Members = [.. group.Members.Where((_, index) => index != member)] });
            }

            for (int member = 0; member < group.Members.Count; member++)
            {
                foreach (IReadOnlyList<Part> smaller in SmallerParts(group.Members[member]))
                {
                    yield return With(i, group with { Members = [.. group.Members.Select((one, index) => index == member ? smaller : one)] });
                }
            }
        }

        IReadOnlyList<Part> With(int place, Part part) => [.. parts.Select((one, index) => index == place ? part : one)];
    }
}
