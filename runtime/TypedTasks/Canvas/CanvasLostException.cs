namespace TypedTasks.Canvases;

/// <summary>What a canvas needs to go on is not there any more, or was never accepted in full. Another try will not find it either.</summary>
internal sealed class CanvasLostException(string message) : TaskException(message);
