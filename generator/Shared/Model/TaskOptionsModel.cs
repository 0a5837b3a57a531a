namespace TypedTasks.Shared.Model;

/// <summary>What the attributes of a task say, checked, with durations in ticks.</summary>
internal sealed record TaskOptionsModel
{
    public required QueueModel Queue { get; init; }

    public required int MaxAttempts { get; init; }

    public required Duration BackoffLeast { get; init; }

    public required Duration BackoffMost { get; init; }

    /// <summary>Null for no limit.</summary>
    public required Duration? TimeLimit { get; init; }

    /// <summary>Null for no expiry.</summary>
    public required Duration? Expires { get; init; }

    /// <summary>Zero keeps nothing.</summary>
    public required Duration KeepOutcome { get; init; }

    public required bool IsIdempotent { get; init; }

    /// <summary>The key's template as written, or null.</summary>
    public required string? KeyTemplate { get; init; }

    /// <summary>The statements' arguments that write the key, in order; empty without a key.</summary>
    public required EquatableArray<KeyPart> KeyParts { get; init; }

    public required Duration IdempotencyWindow { get; init; }

    public required bool AtMostOnce { get; init; }

    /// <summary>Whether the handler computes, and runs on dedicated threads.</summary>
    public required bool IsDedicated { get; init; }

    /// <summary>Null for a task that is only enqueued by callers.</summary>
    public required ScheduleModel? Schedule { get; init; }

    /// <summary>Exception types, as emitted code names them.</summary>
    public required EquatableArray<string> RetryOn { get; init; }

    /// <summary>Exception types, as emitted code names them.</summary>
    public required EquatableArray<string> DoNotRetryOn { get; init; }
}

/// <summary>A queue and what its <c>[TaskQueue]</c> constant declares.</summary>
internal sealed record QueueModel(string Name, int Concurrency = 0, int Prefetch = -1, bool IsExternal = false);

/// <summary>A part of an idempotency key: literal text, or the expression of a value over <c>arguments</c>.</summary>
internal readonly record struct KeyPart(string Text, bool IsLiteral);

/// <summary>A class of this compilation that implements contracts.</summary>
internal sealed record HandlerModel(string Type, EquatableArray<string> Contracts);
