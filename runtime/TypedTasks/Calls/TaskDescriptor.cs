using System.Collections.Immutable;
using System.Text;
using TypedTasks.Diagnostics;

namespace TypedTasks;

/// <summary>What a contract says of one task. Made once by generated code; immutable and safe from any thread.</summary>
public sealed class TaskDescriptor
{
    private readonly byte[] _utf8Name;

    /// <summary>Describes the task <paramref name="method"/> of the contract <paramref name="contract"/>.</summary>
    /// <param name="contract">The contract's wire name.</param>
    /// <param name="method">The method's wire name, unique in the contract.</param>
    /// <param name="queue">The queue that carries the task.</param>
    public TaskDescriptor(string contract, string method, QueueDescriptor queue)
    {
        Contract = contract;
        Method = method;
        Queue = queue;
        Name = $"{contract}.{method}";
        _utf8Name = Encoding.UTF8.GetBytes(Name);
        Lane = new Lane(queue.Name, contract);
        Labels = new TaskLabels(Lane);
    }

    /// <summary>The name on the wire: <c>invoices.generate</c>.</summary>
    public string Name { get; }

    /// <summary>The contract's wire name: <c>invoices</c>.</summary>
    public string Contract { get; }

    /// <summary>The method's wire name: <c>generate</c>.</summary>
    public string Method { get; }

    /// <summary>The queue.</summary>
    public QueueDescriptor Queue { get; }

    /// <summary>The lane: the queue and the contract.</summary>
    public Lane Lane { get; }

    /// <summary>The task's place among its contract's own tasks, from 0.</summary>
    public int Index { get; init; }

    /// <summary>Attempts before the task becomes a dead letter, at least 1.</summary>
    public int MaxAttempts { get; init; } = TaskDefaults.MaxAttempts;

    /// <summary>The delays between attempts.</summary>
    public BackoffRange Backoff { get; init; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    /// <summary>How long one attempt may run; null for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long after its enqueueing the task may still start; null for no expiry.</summary>
    public TimeSpan? Expires { get; init; }

    /// <summary>How long the outcome is kept; zero keeps nothing.</summary>
    public TimeSpan KeepOutcome { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What was declared of repetition.</summary>
    public TaskIdempotency Idempotency { get; init; }

    /// <summary>The idempotency key's template as written in the contract, or null.</summary>
    public string? KeyTemplate { get; init; }

    /// <summary>How long a completed key is remembered.</summary>
    public TimeSpan IdempotencyWindow { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Whether the task is settled before it runs, and never retried.</summary>
    public bool AtMostOnce { get; init; }

    /// <summary>Where the handler runs.</summary>
    public TaskExecution Execution { get; init; }

    /// <summary>Whether the task returns a value.</summary>
    public bool HasResult { get; init; }

    /// <summary>When the task is enqueued by itself; null for a task that is only enqueued by callers.</summary>
    public TaskSchedule? Schedule { get; init; }

    /// <summary>The parameters that travel, in wire order.</summary>
    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>Whether a failure is worth another attempt; null where every failure is.</summary>
    public Func<Exception, bool>? IsTransient { get; init; }

    /// <summary>The name's UTF-8 bytes, for the envelope.</summary>
    internal ReadOnlySpan<byte> Utf8Name => _utf8Name;

    /// <summary>What telemetry says of the task's lane.</summary>
    internal TaskLabels Labels { get; }

    /// <summary>The task's name.</summary>
    public override string ToString() => Name;
}
