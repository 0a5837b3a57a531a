namespace TypedTasks.Canvases;

/// <summary>Where in a canvas a task stands.</summary>
/// <param name="Canvas">The canvas.</param>
/// <param name="Next">What follows the task, a sequence of <see cref="CanvasFormat"/>; empty for nothing.</param>
internal sealed record CanvasPlace(TaskId Canvas, ReadOnlyMemory<byte> Next);
