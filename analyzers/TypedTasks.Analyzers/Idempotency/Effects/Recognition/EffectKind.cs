namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>What a call does outside the task. The names of an effects file, in lower case.</summary>
internal enum EffectKind
{
    /// <summary>Nothing: computes from its arguments.</summary>
    Free,

    /// <summary>Logs, metrics, traces, console: nobody minds a repetition.</summary>
    Observe,

    /// <summary>Reads from outside.</summary>
    Read,

    /// <summary>Writes or removes a whole thing under its name: harmless to repeat under the same name.</summary>
    Write,

    /// <summary>Stores a whole thing under the id that it has: overwritten under the same one, added where it has none.</summary>
    Store,

    /// <summary>Asks another service to do something, each time anew.</summary>
    Send,

    /// <summary>Adds a row, an element or an entry.</summary>
    Insert,

    /// <summary>Creates a thing under a name, and fails when there is one.</summary>
    Create,

    /// <summary>Writes a value made of the value that was there.</summary>
    Modify,

    /// <summary>Adds to the end of a file or blob.</summary>
    Append,

    /// <summary>Reaches a human: mail, text message, push, chat.</summary>
    Notify,

    /// <summary>Changes state that other tasks of the process share.</summary>
    Shared,

    /// <summary>Enqueues a task or publishes a message.</summary>
    Enqueue,

    /// <summary>Starts a process or steers the operating system.</summary>
    Process,

    /// <summary>Executes SQL: its text says what it does.</summary>
    Sql,

    /// <summary>An insert that takes effect at the next commit.</summary>
    StagedInsert,

    /// <summary>A storing that takes effect at the next commit.</summary>
    StagedStore,

    /// <summary>A modification that takes effect at the next commit.</summary>
    StagedModify,

    /// <summary>A removal or an overwriting that takes effect at the next commit.</summary>
    StagedWrite,

    /// <summary>Makes what was staged take effect.</summary>
    Commit,

    /// <summary>Begins a transaction.</summary>
    Begin,

    /// <summary>Returns something else each time.</summary>
    Volatile,

    /// <summary>Returns the same in every attempt, whatever it is given.</summary>
    Fixed,

    /// <summary>Returns a place for temporary data.</summary>
    Scratch,

    /// <summary>Tells whether something was done before.</summary>
    Seen,

    /// <summary>Claims something once, and returns whether it did.</summary>
    Claim,
}
