using System.Diagnostics;
using TypedTasks.Worker;

namespace TypedTasks.Diagnostics;

/// <summary>
/// The task whose handler is running here, so that a task that it enqueues can name its parent. Set once when a slot begins its loop, with the slot's own
/// run, and carried by the loop's execution context from then on: a task costs nothing, where setting an async-local for each would allocate.
/// </summary>
/// <remarks>Work that a handler starts and does not wait for keeps its slot's context: what it enqueues later names whatever task that slot then runs, or none.</remarks>
internal static class CurrentTask
{
    private static readonly AsyncLocal<TaskRun?> Run = new();

    /// <summary>The id of the task whose handler is running here, or empty.</summary>
    internal static TaskId Id => Run.Value is { } run ? run.RunningId : TaskId.Empty;

    /// <summary>Begins a slot's loop. What was current where the slot was started, such as the span of the host's start, is not that of its tasks.</summary>
    internal static void Enter(TaskRun run)
    {
        Activity.Current = null;
        Run.Value = run;
    }
}
