using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Checking;

/// <summary>
/// Judges canvases by the ids of their steps: a step, a join above all, runs under one id, however often its worker is killed; it begins when what it follows is done; and the last result is the one that
/// the numbers of all steps make.
/// </summary>
internal static class GraphCheck
{
    public static void Judge(Verdict verdict, IEnumerable<TaskHistory> tasks)
    {
        foreach (IGrouping<long, TaskHistory> graph in tasks.GroupBy(task => task.Number / Graph.Steps))
        {
            Judge(verdict, graph.Key, graph.ToDictionary(task => (int)(task.Number % Graph.Steps)));
        }
    }

    private static void Judge(Verdict verdict, long graph, Dictionary<int, TaskHistory> steps)
    {
        verdict.Graphs++;
        foreach ((int place, TaskHistory step) in steps)
        {
            JudgeStep(verdict, step);
            foreach (int before in Graph.Before(place))
            {
                if (step.Runs.Count > 0 && !(DoneAt(steps.GetValueOrDefault(before)) <= step.Runs.Min(run => run.StartAt)))
                {
                    verdict.Violate(Violation.OutOfOrder, step.Number);
                }
            }
        }

        if (!steps.TryGetValue(Graph.Last, out TaskHistory? last) || !last.IsAccepted)
        {
            return;
        }

        if (last.IsDeadLetter)
        {
            verdict.Violate(Violation.Buried, last.Number);
        }
        else if (last.Outcomes.Count == 0)
        {
            verdict.Violate(Violation.Unanswered, last.Number);
        }
        else if (last.Outcomes.Any(outcome => outcome != RunId.OfResult(Graph.ResultOf(graph))))
        {
            verdict.Violate(Violation.WrongResult, last.Number);
        }
        else
        {
            verdict.GraphsRight++;
        }
    }

    private static void JudgeStep(Verdict verdict, TaskHistory step)
    {
        bool isJoin = step.Kind == TaskKind.Join;
        verdict.Joins += isJoin ? 1 : 0;
        if (step.Ids.Count > 1)
        {
            verdict.Violate(isJoin ? Violation.JoinDoubled : Violation.StepDoubled, step.Number);
        }

        bool isDone = step.Kind == TaskKind.Doomed ? step.Runs.Count > 0 : step.HasEffect;
        if (step.IsAccepted && !isDone)
        {
            verdict.Violate(isJoin ? Violation.JoinLost : Violation.Lost, step.Number);
        }

        verdict.JoinsOnce += isJoin && isDone && step.Ids.Count == 1 ? 1 : 0;
        if (step.Effects > 1)
        {
            verdict.Duplicated++;
            verdict.ExtraEffects += step.Effects - 1;
        }
    }

    /// <summary>When a step was done for the first time; for one that is to fail, when it had begun; null for never.</summary>
    private static long? DoneAt(TaskHistory? step) => step switch
    {
        { Kind: TaskKind.Doomed, Runs.Count: > 0 } => step.Runs.Min(run => run.StartAt),
        { HasEffect: true } => step.Runs.Where(run => run.HasEffect).Min(run => run.EffectAt),
        _ => null,
    };
}
