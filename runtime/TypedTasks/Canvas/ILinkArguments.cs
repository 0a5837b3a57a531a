using System.ComponentModel;
using TypedTasks.MessagePack;

namespace TypedTasks.Calls;

/// <summary>The arguments of a task that has any: in a canvas the first may be the result of what comes before.</summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
/// <typeparam name="TInput">The type of the first argument.</typeparam>
/// <typeparam name="TResult">The task's result; <see cref="NoResult"/> for a task that returns none.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILinkArguments<TSelf, TInput, TResult> : ITaskArguments<TSelf, TResult>
    where TSelf : struct, ILinkArguments<TSelf, TInput, TResult>
{
    /// <summary>Writes the arguments but the first, as a MessagePack array in parameter order.</summary>
    static abstract void WriteRest(ref MessagePackWriter writer, in TSelf arguments);
}
