namespace TypedTasks;

/// <summary>What a task said of its progress.</summary>
/// <param name="Value">The value it reported.</param>
/// <param name="Attempt">The attempt that reported it.</param>
/// <param name="ReportedAt">When, by the worker's clock, in whole milliseconds.</param>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly record struct TaskProgress<T>(T Value, int Attempt, DateTimeOffset ReportedAt);
