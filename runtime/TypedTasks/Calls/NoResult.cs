namespace TypedTasks;

/// <summary>The result of a task that returns none; travels as nil.</summary>
public readonly record struct NoResult;
