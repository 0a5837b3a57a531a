namespace TypedTasks.Idempotency;

/// <summary>What asking for an idempotency key came to.</summary>
internal enum ClaimKind
{
    /// <summary>The key is ours: run the handler.</summary>
    Claimed,

    /// <summary>The key was completed before: its outcome is this delivery's too.</summary>
    Completed,

    /// <summary>Another task of the same key is running: wait for its end.</summary>
    Busy,

    /// <summary>An earlier delivery of the same task holds the key, and it is not to be taken over.</summary>
    Started,

    /// <summary>A later delivery of the same task holds the key: this one lost its lease.</summary>
    Stale,
}

/// <summary>The answer of the <see cref="IdempotencyGate"/>.</summary>
/// <param name="Kind">What it came to.</param>
/// <param name="Key">The key in the state store.</param>
/// <param name="Revision">For <see cref="ClaimKind.Claimed"/>: the revision to complete or release.</param>
/// <param name="Outcome">For <see cref="ClaimKind.Completed"/>: the outcome record of the first run.</param>
internal readonly record struct Claim(ClaimKind Kind, string Key, long Revision, ReadOnlyMemory<byte> Outcome)
{
    /// <summary>The claim of a task that needs none.</summary>
    internal static Claim None => default;

    /// <summary>Whether there is a key to complete or release.</summary>
    internal bool IsHeld => Key is not null && Kind == ClaimKind.Claimed;
}
