using System.Collections.Immutable;
using TypedTasks.Calls;
using TypedTasks.Canvases;
using TypedTasks.Client;

namespace TypedTasks;

/// <summary>
/// Steps that run one after another, not yet enqueued: each begins when the one before it has succeeded, wherever a worker is free. Begun by <see cref="Canvas"/>, enqueued by <see cref="ITaskCanvas"/>.
/// Immutable; safe from any thread.
/// </summary>
/// <typeparam name="TResult">The last step's result; <see cref="NoResult"/> where it returns none.</typeparam>
public sealed class TaskChain<TResult>
{
    internal TaskChain(ImmutableArray<CanvasElement> elements, Func<TaskTrackers, ITaskTracker<TResult>> tracker)
    {
        Elements = elements;
        Tracker = tracker;
    }

    internal ImmutableArray<CanvasElement> Elements { get; }

    internal Func<TaskTrackers, ITaskTracker<TResult>> Tracker { get; }

    /// <summary>Goes on with a task that is given this chain's result.</summary>
    /// <param name="link">The task: <c>InvoicesTasks.SendLink("a@b.example")</c>.</param>
    public TaskChain<TNext> Then<TNext>(TaskLink<TResult, TNext> link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return new TaskChain<TNext>(Elements.AddRange(link.Elements), link.Tracker);
    }

    /// <summary>Goes on with a call that has all its arguments: this chain's result is not passed on.</summary>
    /// <param name="call">The call: <c>InvoicesTasks.CloseMonth(month)</c>.</param>
    /// <exception cref="MessagePack.MessagePackException">An argument cannot be written.</exception>
    public TaskChain<TNext> Then<TContract, TNext, TArguments>(TaskCall<TContract, TNext, TArguments> call)
        where TContract : class
        where TArguments : struct, ITaskArguments<TArguments, TNext> =>
        new(Elements.Add(CanvasStep.Of(in call)), static trackers => trackers.Get<TNext, TArguments>());

    /// <summary>Goes on with several tasks side by side, each of which is given this chain's result.</summary>
    /// <param name="links">The tasks, at least one.</param>
    /// <exception cref="ArgumentException">There are none, or groups lie within each other more than 16 deep.</exception>
    public TaskGroup<TNext> ThenGroup<TNext>(params IEnumerable<TaskLink<TResult, TNext>> links)
    {
        ArgumentNullException.ThrowIfNull(links);
        return new TaskGroup<TNext>(Elements, [.. links.Select(link => new TaskChain<TNext>(link.Elements, link.Tracker))]);
    }

    /// <summary>Goes on with a group whose calls have all their arguments: this chain's result is not passed on.</summary>
    /// <param name="group">The group.</param>
    public TaskGroup<TNext> Then<TNext>(TaskGroup<TNext> group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return new TaskGroup<TNext>(Elements.AddRange(group.Before), group.Members);
    }

    /// <summary>The names of the tasks.</summary>
    public override string ToString() => CanvasText.Of(Elements);
}
