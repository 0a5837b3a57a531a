namespace TypedTasks.Load;

/// <summary>The tasks that are run: a number to count them by, a timestamp to time them by, and as many bytes as asked for.</summary>
[TaskContract("load")]
public interface ILoad
{
    /// <summary>Where they wait.</summary>
    internal static Lane Lane { get; } = new(TaskDefaults.Queue, "load");

    /// <summary>Sixteen bytes of payload: the two numbers.</summary>
    [Task(KeepOutcome = "none")]
    ValueTask SmallAsync(long number, long stamp);

    /// <summary>Sixty-four bytes of payload: eight numbers, of which decoding allocates nothing.</summary>
    [Task(KeepOutcome = "none")]
    ValueTask NumbersAsync(long number, long stamp, long a, long b, long c, long d, long e, long f);

    /// <summary>The same sixty-four bytes, run to completion once per key; each has a key of its own.</summary>
    [Task(KeepOutcome = "none")]
    [Idempotent(Key = "{number}:{stamp}")]
    ValueTask OnceAsync(long number, long stamp, long a, long b, long c, long d, long e, long f);

    /// <summary>A member of a group: what it returns is passed on.</summary>
    [Task(KeepOutcome = "none")]
    ValueTask<long> CountAsync(long number, long stamp);

    /// <summary>The join of a group: it is given what the members returned.</summary>
    [Task(KeepOutcome = "none")]
    ValueTask AddAsync(long[] counted, long number, long stamp);

    /// <summary>Any other length: decoding allocates the array, which is the caller's.</summary>
    [Task(KeepOutcome = "none")]
    ValueTask SizedAsync(long number, long stamp, byte[] payload);
}

/// <summary>The handler: a singleton that counts and returns.</summary>
public sealed class LoadHandler(Ledger ledger) : ILoad
{
    public ValueTask SmallAsync(long number, long stamp)
    {
        ledger.Ran(number, stamp);
        return default;
    }

    public ValueTask NumbersAsync(long number, long stamp, long a, long b, long c, long d, long e, long f)
    {
        ledger.Ran(number, stamp);
        return default;
    }

    public ValueTask OnceAsync(long number, long stamp, long a, long b, long c, long d, long e, long f)
    {
        ledger.Ran(number, stamp);
        return default;
    }

    public ValueTask<long> CountAsync(long number, long stamp)
    {
        ledger.Ran(number, stamp);
        return new ValueTask<long>(number);
    }

    public ValueTask AddAsync(long[] counted, long number, long stamp)
    {
        ledger.Ran(number, stamp);
        return default;
    }

    public ValueTask SizedAsync(long number, long stamp, byte[] payload)
    {
        ledger.Ran(number, stamp);
        return default;
    }
}
