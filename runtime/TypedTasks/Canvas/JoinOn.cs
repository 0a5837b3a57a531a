namespace TypedTasks;

/// <summary>When the tasks of a group are joined: what has to have become of them before the next step runs. The numbers are on the wire: they never change.</summary>
public enum JoinOn
{
    /// <summary>When all have succeeded. While one has not, the join waits; where one has failed for good, whoever waits for the canvas is told of it, and the join runs if that task is requeued and succeeds.</summary>
    AllSucceeded = 0,

    /// <summary>When all have ended, well or not. The results of those that succeeded are passed on, in the group's order; the others are left out.</summary>
    AllEnded = 1,
}
