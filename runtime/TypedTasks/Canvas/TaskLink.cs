using System.Collections.Immutable;
using TypedTasks.Canvases;
using TypedTasks.Client;

namespace TypedTasks;

/// <summary>
/// A task whose first argument is the result of what comes before it, and whose other arguments are given: what a chain or a group goes on with. Made by the generated
/// <c>…Tasks</c> class: <c>InvoicesTasks.SendLink("a@b.example")</c>. Immutable; safe from any thread.
/// </summary>
/// <typeparam name="TInput">The type of the first parameter, and so of the result before it.</typeparam>
/// <typeparam name="TResult">The task's result; <see cref="NoResult"/> for a task that returns none.</typeparam>
public sealed class TaskLink<TInput, TResult>
{
    internal TaskLink(ImmutableArray<CanvasElement> elements, Func<TaskTrackers, ITaskTracker<TResult>> tracker)
    {
        Elements = elements;
        Tracker = tracker;
    }

    internal ImmutableArray<CanvasElement> Elements { get; }

    internal Func<TaskTrackers, ITaskTracker<TResult>> Tracker { get; }

    /// <summary>This link and one behind it, as one: a member of a group may so have several steps.</summary>
    public TaskLink<TInput, TNext> Then<TNext>(TaskLink<TResult, TNext> link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return new TaskLink<TInput, TNext>(Elements.AddRange(link.Elements), link.Tracker);
    }

    /// <summary>The names of the tasks.</summary>
    public override string ToString() => CanvasText.Of(Elements);
}
