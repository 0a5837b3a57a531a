using TypedTasks.Engine;
using TypedTasks.MessagePack;

namespace TypedTasks.Client;

/// <summary>What a client says when a call cannot be sent.</summary>
internal static class TaskRejections
{
    internal static TaskRejectedException TooLarge(TaskId id, TaskDescriptor task, PayloadTooLargeException tooLarge) => new(
        id,
        TaskRejection.TooLarge,
        $"The call of '{task.Name}' needs at least {tooLarge.Length:N0} bytes, and the engine takes {tooLarge.Limit:N0}. " +
        "Store the data elsewhere and send a reference to it.",
        tooLarge);
}
