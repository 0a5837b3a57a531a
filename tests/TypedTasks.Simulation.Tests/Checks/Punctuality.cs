using TypedTasks.Simulation.Broker;
using TypedTasks.Simulation.World;

namespace TypedTasks.Simulation.Checks;

/// <summary>
/// The laws of expiry and deadline: both travel with the task, no handler starts after either, a running one has its token fired by the deadline, and a task is
/// reported as expired only when one of them has passed. By the worker's clock, for it is the worker that looks.
/// </summary>
internal sealed class Punctuality(SimWorld world, Ledger ledger)
{
    // Times travel in whole milliseconds, and a timer fires within the one after its time.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(2);

    internal void Accepted(SimTask task, HandlerPlan plan)
    {
        if (task.Expires is null != plan.ExpiresIn is null || task.Deadline != plan.DeadlineAt)
        {
            throw ledger.Broken($"{task.Id} was accepted with the expiry {task.Expires:O} and the deadline {task.Deadline:O}, and its caller asked for {plan.ExpiresIn} and {plan.DeadlineAt:O}.");
        }
    }

    internal void Started(SimTask task, TaskContext context, SimProcess process, RunRecord run)
    {
        if (IsPast(task.Expires, process))
        {
            throw ledger.Broken($"{process.Name} starts {task.Id} at {process.Clock:O}, after its expiry at {task.Expires:O}.");
        }

        if (task.Deadline is { } deadline)
        {
            if (IsPast(deadline, process))
            {
                throw ledger.Broken($"{process.Name} starts {task.Id} at {process.Clock:O}, after its deadline at {deadline:O}.");
            }

            CancellationToken token = context.CancellationToken;
            world.Schedule(deadline - process.Clock + Slack, () => CheckToken(run, process, token));
        }
    }

    /// <summary>A worker reports a task as expired.</summary>
    internal void Expired(SimTask task, SimProcess process)
    {
        if ((task.Expires is null || process.Clock < task.Expires) && (task.Deadline is null || process.Clock < task.Deadline))
        {
            throw ledger.Broken($"{process.Name} reports at {process.Clock:O} that {task.Id} has expired, before its expiry at {task.Expires:O} and its deadline at {task.Deadline:O}.");
        }
    }

    private void CheckToken(RunRecord run, SimProcess process, CancellationToken token)
    {
        if (run.IsOver || process.IsCrashed || token.IsCancellationRequested)
        {
            return;
        }

        if (process.PausedUntil + Slack.Ticks > world.Now)
        {
            // It is only just getting to what fell due while it was paused.
            world.Schedule(TimeSpan.FromTicks(process.PausedUntil - world.Now) + Slack, () => CheckToken(run, process, token));
            return;
        }

        throw ledger.Broken($"{process.Name} runs {run.Id} at {process.Clock:O}, beyond its deadline, and has not fired its token.");
    }

    private static bool IsPast(DateTimeOffset? time, SimProcess process) => process.Clock - time >= TimeSpan.FromMilliseconds(1);
}
