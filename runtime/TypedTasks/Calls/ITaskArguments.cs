using System.ComponentModel;
using TypedTasks.MessagePack;

namespace TypedTasks.Calls;

/// <summary>
/// The arguments of one task as a value: implemented by the generated argument structs, one a contract method.
/// All that is known of the task at compile time hangs on its type, so a call needs no instance but its own arguments.
/// </summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITaskArguments<TSelf>
    where TSelf : struct, ITaskArguments<TSelf>
{
    /// <summary>What the contract says of the task.</summary>
    static abstract TaskDescriptor Task { get; }

    /// <summary>Writes the arguments as a MessagePack array in parameter order.</summary>
    static abstract void Write(ref MessagePackWriter writer, in TSelf arguments);

    /// <summary>Reads the arguments. Missing trailing ones take their defaults, unknown trailing ones are skipped.</summary>
    /// <exception cref="MessagePackException">The bytes are not this task's arguments.</exception>
    static abstract TSelf Read(ref MessagePackReader reader);

    /// <summary>Writes the idempotency key; writes nothing where the task has none.</summary>
    static virtual void WriteKey(ref TaskKeyWriter key, in TSelf arguments)
    {
    }
}

/// <summary>The arguments of one task, and the type of its result.</summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
/// <typeparam name="TResult">The task's result; <see cref="NoResult"/> for a task that returns none.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITaskArguments<TSelf, TResult> : ITaskArguments<TSelf>
    where TSelf : struct, ITaskArguments<TSelf, TResult>
{
    /// <summary>Writes the task's result as one MessagePack value.</summary>
    static abstract void WriteResult(ref MessagePackWriter writer, TResult result);

    /// <summary>Reads the task's result.</summary>
    /// <exception cref="MessagePackException">The bytes are not this task's result.</exception>
    static abstract TResult ReadResult(ref MessagePackReader reader);
}
