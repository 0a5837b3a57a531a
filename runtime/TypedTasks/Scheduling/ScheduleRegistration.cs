using System.Buffers;
using System.Globalization;
using System.Text;
using TypedTasks.Calls;
using TypedTasks.MessagePack;

namespace TypedTasks.Scheduling;

/// <summary>A schedule that a host enqueues by: from the contract of one of its workers, or from <c>AddSchedule</c>.</summary>
/// <param name="Name">Known to every host by this name; also the key of its record.</param>
/// <param name="Task">The task that is enqueued.</param>
/// <param name="Arguments">Its arguments, a MessagePack array.</param>
/// <param name="Schedule">When.</param>
internal sealed record ScheduleRegistration(string Name, TaskDescriptor Task, ReadOnlyMemory<byte> Arguments, TaskSchedule Schedule)
{
    /// <summary>The longest name, in UTF-8 bytes.</summary>
    internal const int MaxNameLength = 200;

    // An array without elements: every parameter takes its default.
    private static readonly byte[] NoArguments = [MessagePackCode.MinFixArray];

    /// <summary>What the tasks of a contract say of themselves; each is called as its task.</summary>
    internal static IEnumerable<ScheduleRegistration> Of(ContractDescriptor contract) =>
        contract.Tasks.Where(task => task.Schedule is not null).Select(task => new ScheduleRegistration(task.Name, task, NoArguments, task.Schedule!));

    /// <summary>A call that somebody gives a schedule.</summary>
    /// <exception cref="ArgumentException">The name is empty, too long, or holds control characters.</exception>
    internal static ScheduleRegistration Of<TResult, TArguments>(string name, TArguments arguments, TaskSchedule schedule)
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(schedule);
        if (Encoding.UTF8.GetByteCount(name) > MaxNameLength || name.Any(char.IsControl))
        {
            throw new ArgumentException($"A schedule's name has at most {MaxNameLength} bytes and no control characters.", nameof(name));
        }

        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        TArguments.Write(ref writer, in arguments);
        writer.Flush();
        return new ScheduleRegistration(name, TArguments.Task, buffer.WrittenMemory, schedule);
    }

    /// <summary>The id of an occurrence's task, the same for whoever enqueues it.</summary>
    internal TaskId IdOf(DateTimeOffset occurrence) => TaskId.Of(occurrence, Name);

    /// <summary>The idempotency key of an occurrence's task.</summary>
    internal string KeyOf(DateTimeOffset occurrence) => string.Create(CultureInfo.InvariantCulture, $"{Name}@{occurrence.UtcDateTime:O}");
}
