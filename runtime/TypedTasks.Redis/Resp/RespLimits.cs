namespace TypedTasks.Redis.Resp;

/// <summary>What a reply may hold at most. Checked against what it declares, before anything is allocated for it.</summary>
internal sealed record RespLimits
{
    internal static readonly RespLimits Default = new();

    /// <summary>The longest line: a simple string, an error, a number.</summary>
    internal int MaxLine { get; init; } = 64 * 1024;

    /// <summary>The longest bulk string.</summary>
    internal int MaxBulk { get; init; } = 64 * 1024 * 1024;

    /// <summary>The longest whole reply.</summary>
    internal int MaxFrame { get; init; } = 256 * 1024 * 1024;

    /// <summary>The most values in one reply, nested ones included.</summary>
    internal int MaxElements { get; init; } = 4 * 1024 * 1024;

    /// <summary>The deepest nesting; at most <see cref="RespFrameScanner.DeepestSupported"/>.</summary>
    internal int MaxDepth { get; init; } = 16;
}
