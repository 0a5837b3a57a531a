using TypedTasks.Engine;
using TypedTasks.MessagePack;

namespace TypedTasks.Client;

/// <summary>What a client says when a call cannot be sent.</summary>
internal static class TaskRejections
{
    /// <summary>The typed exception for a call that could not be written; null for any other failure.</summary>
    internal static TaskRejectedException? Explain(TaskId id, TaskDescriptor task, Exception failure) => failure switch
    {
        PayloadTooLargeException tooLarge => new TaskRejectedException(
            id,
            TaskRejection.TooLarge,
            $"The call of '{task.Name}' needs at least {tooLarge.Length:N0} bytes, and the engine takes {tooLarge.Limit:N0}. Store the data elsewhere and send a reference to it.",
            tooLarge),
        MessagePackException unwritable => new TaskRejectedException(id, TaskRejection.Unwritable, $"The call of '{task.Name}' cannot be written: {unwritable.Message}", unwritable),
        _ => null,
    };
}
