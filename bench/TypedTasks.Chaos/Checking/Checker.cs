using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Checking;

/// <summary>What a run may be excused for.</summary>
/// <param name="IsLossy">Whether the broker may lose what it accepted in the last seconds before it is killed.</param>
/// <param name="AllowsNoDuplicates">Whether not even a task without a key may run twice.</param>
internal sealed record CheckRules(bool IsLossy = false, bool AllowsNoDuplicates = false);

/// <summary>Joins the ledgers of a run by task, and says which promises were kept.</summary>
internal static class Checker
{
    // The engine's delays are in whole milliseconds.
    private const long EarlyTolerance = 2_000;

    // A write that Redis answered waits for two seconds at most while the disk stalls.
    private const long LossyBefore = 3_000_000;

    public static Verdict Check(IEnumerable<LedgerFile> files, CheckRules rules)
    {
        var history = new History(files);
        var verdict = new Verdict { Torn = history.Torn };
        bool hadBrokerFaults = history.Faults.Any(fault => fault.IsOfBroker);
        if (history.Damaged > 0)
        {
            verdict.Violate(Violation.DamagedLedger, -1);
        }

        foreach (TaskHistory task in history.Tasks)
        {
            Count(verdict, task);
            if (!task.IsAttempted && (task.Runs.Count > 0 || task.Outcomes.Count > 0))
            {
                verdict.Violate(Violation.Unexpected, task.Number);
            }

            if (task.Runs.Any(run => run.StartAt < task.DueAt - EarlyTolerance))
            {
                verdict.Violate(Violation.Early, task.Number);
            }

            if (task.Kind is TaskKind.Keyed or TaskKind.Step or TaskKind.Join or TaskKind.Doomed)
            {
                continue;
            }

            if (task.IsAccepted && IsLost(task))
            {
                Lose(verdict, task.Number, Excused(task.AcceptedAt));
            }

            if (task.Outcomes.Any(outcome => !task.Runs.Any(run => run.HasEffect && run.Id == outcome)))
            {
                verdict.Violate(Violation.Invented, task.Number);
            }

            if (task.Kind == TaskKind.Occurrence)
            {
                verdict.Occurrences++;
                verdict.OccurrencesOnce += task is { HasEffect: true, Ids.Count: 1 } ? 1 : 0;
                if (task.Ids.Count > 1)
                {
                    verdict.Violate(Violation.OccurrenceDoubled, task.Number);
                }
            }

            if (task.Kind is TaskKind.Plain or TaskKind.Kept or TaskKind.Occurrence && task.Effects > 1)
            {
                verdict.Duplicated++;
                verdict.ExtraEffects += task.Effects - 1;
                if (rules.AllowsNoDuplicates)
                {
                    verdict.Violate(Violation.Duplicated, task.Number);
                }
            }

            if (task.Kind == TaskKind.Poison && task.Runs.Count > ChaosHandler.PoisonAttempts && !hadBrokerFaults)
            {
                verdict.Violate(Violation.TooManyAttempts, task.Number);
            }

            Answers(task);
        }

        foreach (IGrouping<long, TaskHistory> key in history.Tasks.Where(task => task.Kind == TaskKind.Keyed).GroupBy(task => Plan.KeyOf(task.Number)))
        {
            JudgeKey([.. key]);
        }

        GraphCheck.Judge(verdict, history.Tasks.Where(task => task.Kind is TaskKind.Step or TaskKind.Join or TaskKind.Doomed));
        verdict.Faults = history.Faults.CountBy(fault => fault.Kind).ToDictionary();
        Recoveries.Measure(verdict, history);
        return verdict;

        bool Excused(long at) => rules.IsLossy && history.Faults.Any(fault => fault.KilledBroker && at > fault.BeganAt - LossyBefore && at < fault.EndedAt);

        void Answers(TaskHistory task)
        {
            bool isAnswered = task.Outcomes.Count > 0 || task.IsDeadLetter;
            if (task.Kind is not (TaskKind.Plain or TaskKind.Occurrence) && task.IsAccepted && !isAnswered && !Excused(task.AcceptedAt) && !task.Runs.Any(run => Excused(run.EffectAt)))
            {
                verdict.Violate(Violation.Unanswered, task.Number);
            }

            if (task.IsDeadLetter && task.Kind is not (TaskKind.Poison or TaskKind.Hang))
            {
                verdict.Violate(Violation.Buried, task.Number);
            }
        }

        void JudgeKey(TaskHistory[] tasks)
        {
            (KeyState state, int cutByKill, int cutByLease) = KeyCheck.Judge(tasks, history.Faults);
            verdict.Keys++;
            verdict.CutByKill += cutByKill;
            verdict.CutByLease += cutByLease;
            bool isExcused = tasks.Any(task => Excused(task.AcceptedAt) || task.Runs.Any(run => Excused(run.EffectAt)));
            switch (state)
            {
                case KeyState.Once:
                    verdict.KeysOnce++;
                    foreach (TaskHistory task in tasks)
                    {
                        Answers(task);
                    }

                    break;
                case KeyState.Untouched:
                    verdict.Keys--;
                    break;
                case KeyState.Lost:
                    Lose(verdict, tasks[0].Number, isExcused);
                    break;
                case KeyState.Twice or KeyState.Repeated when isExcused:
                    verdict.KeysTwiceWithinSetting++;
                    break;
                case KeyState.Unanswered when isExcused:
                    break;
                default:
                    verdict.Violate(state switch
                    {
                        KeyState.Twice => Violation.KeyTwice,
                        KeyState.Repeated => Violation.KeyRepeated,
                        KeyState.Invented => Violation.Invented,
                        _ => Violation.Unanswered,
                    }, tasks[0].Number);
                    break;
            }
        }
    }

    private static void Count(Verdict verdict, TaskHistory task)
    {
        verdict.Attempted += task.IsAttempted ? 1 : 0;
        verdict.Accepted += task.IsAccepted ? 1 : 0;
        verdict.Keyed += task.Kind == TaskKind.Keyed ? 1 : 0;
        verdict.Unconfirmed += task.Unconfirmed;
        verdict.Refused += task.Refused;
        verdict.Recovered += task is { IsAttempted: true, IsAccepted: false, HasEffect: true } ? 1 : 0;
        verdict.DeadLetters += task.IsDeadLetter ? 1 : 0;
        if (task.Kind is not (TaskKind.Poison or TaskKind.Hang))
        {
            verdict.MostAttempts = Math.Max(verdict.MostAttempts, task.Runs.Select(run => run.Attempt).DefaultIfEmpty().Max());
        }
    }

    // A poison task is done when it is a dead letter; any other one when its work is.
    private static bool IsLost(TaskHistory task) => task is { HasEffect: false, IsDeadLetter: false };

    private static void Lose(Verdict verdict, long number, bool isExcused)
    {
        if (isExcused)
        {
            verdict.LostWithinSetting++;
        }
        else
        {
            verdict.Violate(Violation.Lost, number);
        }
    }
}
