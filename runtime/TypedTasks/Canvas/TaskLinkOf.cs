using System.ComponentModel;
using TypedTasks.Canvases;

namespace TypedTasks.Calls;

/// <summary>Makes links for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TaskLinkOf
{
    /// <summary>Makes the link of <typeparamref name="TArguments"/>' task.</summary>
    /// <param name="arguments">The arguments; the first is not used.</param>
    /// <exception cref="MessagePack.MessagePackException">An argument cannot be written.</exception>
    public static TaskLink<TInput, TResult> Arguments<TInput, TResult, TArguments>(TArguments arguments)
        where TArguments : struct, ILinkArguments<TArguments, TInput, TResult> =>
        new([CanvasStep.Link<TInput, TResult, TArguments>(in arguments)], static trackers => trackers.Get<TResult, TArguments>());
}
