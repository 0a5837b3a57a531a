namespace TypedTasks.Chaos;

/// <summary>What a task is. The numbers are what is in the ledgers.</summary>
public enum TaskKind : byte
{
    /// <summary>No key, and no outcome: its settlement is nothing but an acknowledgement.</summary>
    Plain = 0,

    /// <summary>No key, and its outcome is kept.</summary>
    Kept = 1,

    /// <summary>A key, which two tasks have in common.</summary>
    Keyed = 2,

    /// <summary>Kills the process that runs it.</summary>
    Poison = 3,

    /// <summary>Never ends, whatever its token says.</summary>
    Hang = 4,

    /// <summary>A step of a canvas.</summary>
    Step = 5,

    /// <summary>A step of a canvas that joins a group.</summary>
    Join = 6,

    /// <summary>A step of a canvas that fails for good.</summary>
    Doomed = 7,

    /// <summary>An occurrence of a schedule.</summary>
    Occurrence = 8,
}

/// <summary>Which tasks there are: the same for everyone who knows the options.</summary>
internal sealed class Plan(Experiment experiment, long tasks, int seed)
{
    // Two tasks of one key are so many keyed tasks apart: mostly the first is done when the second comes, and sometimes it is not.
    private const long Apart = 500;

    public long Tasks => tasks;

    /// <summary>Every second task has a key; the others keep their outcome or not, by turns.</summary>
    public TaskKind KindOf(long number)
    {
        if (experiment.HasGraphs)
        {
            return Graph.KindOf(number);
        }

        if (experiment.HasSchedules)
        {
            return TaskKind.Occurrence;
        }

        if (experiment.PoisonEvery > 0 && number % experiment.PoisonEvery == experiment.PoisonEvery / 2)
        {
            return TaskKind.Poison;
        }

        if (experiment.HangEvery > 0 && number % experiment.HangEvery == experiment.HangEvery / 2)
        {
            return TaskKind.Hang;
        }

        return (number % 4) switch
        {
            0 => TaskKind.Plain,
            2 => TaskKind.Kept,
            _ => TaskKind.Keyed,
        };
    }

    /// <summary>The key of a keyed task.</summary>
    public static long KeyOf(long number)
    {
        long keyed = number / 2;
        return (keyed / (2 * Apart) * Apart) + (keyed % Apart);
    }

    /// <summary>The keyed tasks that share a task's key with it.</summary>
    public static IEnumerable<long> OthersOf(long number, Plan plan)
    {
        long keyed = number / 2;
        long other = (keyed / Apart % 2 == 0 ? keyed + Apart : keyed - Apart) * 2 + 1;
        return other < plan.Tasks && plan.KindOf(other) == TaskKind.Keyed ? [other] : [];
    }

    /// <summary>How long the handler works: mostly not at all, so that faults hit every step of a task's way.</summary>
    public int WorkOf(long number) => (int)(Mix(number, 1) % 4) switch
    {
        0 => (int)(Mix(number, 2) % 8),
        _ => 0,
    };

    /// <summary>How long after its enqueueing the task may start at the earliest.</summary>
    public TimeSpan DelayOf(long number) =>
        experiment.MaxDelay == TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Mix(number, 3) % (ulong)experiment.MaxDelay.TotalMilliseconds);

    /// <summary>An id that a producer which starts anew finds again.</summary>
    public TaskId IdOf(long number)
    {
        Span<byte> bytes = stackalloc byte[TaskId.Size];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, number + 1);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Mix(number, 4));
        return TaskId.Read(bytes);
    }

    // SplitMix64: the same numbers in every process.
    private ulong Mix(long number, int salt)
    {
        ulong x = ((ulong)number * 0x9E3779B97F4A7C15) + ((ulong)(uint)seed << 8) + (ulong)salt;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
