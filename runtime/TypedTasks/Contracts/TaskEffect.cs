namespace TypedTasks;

/// <summary>What a method does outside the task, by what happens when it is done twice.</summary>
public enum TaskEffect
{
    /// <summary>Writes or removes a whole thing under its name: harmless to repeat.</summary>
    Repeatable = 0,

    /// <summary>Asks another service to do something, each time anew.</summary>
    Send = 1,

    /// <summary>Adds a row, an element or an entry.</summary>
    Insert = 2,

    /// <summary>Writes a value made of the value that was there.</summary>
    Modify = 3,

    /// <summary>Adds to the end of a file or blob.</summary>
    Append = 4,

    /// <summary>Reaches a human: mail, text message, push, chat.</summary>
    Notify = 5,

    /// <summary>Enqueues a task or publishes a message.</summary>
    Enqueue = 6,

    /// <summary>Starts a process or steers the operating system.</summary>
    Process = 7,
}
