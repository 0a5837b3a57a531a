namespace TypedTasks.Engine;

/// <summary>What became of a published task.</summary>
public enum PublishStatus
{
    /// <summary>Accepted.</summary>
    Accepted = 0,

    /// <summary>A task of this id had been accepted before; nothing was added.</summary>
    Duplicate = 1,
}
