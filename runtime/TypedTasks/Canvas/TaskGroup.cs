using System.Collections.Immutable;
using TypedTasks.Calls;
using TypedTasks.Canvases;
using TypedTasks.Client;

namespace TypedTasks;

/// <summary>
/// Tasks that run side by side, not yet enqueued. Joined by <see cref="Join{TNext}(JoinOn, TaskLink{TResult[], TNext})"/>, a group is what others call a chord. Begun by <see cref="Canvas"/> or by a
/// chain, enqueued by <see cref="ITaskCanvas"/>. Immutable; safe from any thread.
/// </summary>
/// <typeparam name="TResult">The result of each; <see cref="NoResult"/> where they return none.</typeparam>
public sealed class TaskGroup<TResult>
{
    internal TaskGroup(ImmutableArray<CanvasElement> before, ImmutableArray<TaskChain<TResult>> members)
    {
        if (members.IsEmpty)
        {
            throw new ArgumentException("A group has at least one member: with none there is nothing to wait for, and nothing would go on.", nameof(members));
        }

        if (members.Max(static member => member.Elements.Max(static element => element.Depth)) >= CanvasGroup.MaxDepth)
        {
            throw new ArgumentException($"Groups may lie within each other {CanvasGroup.MaxDepth} deep, and this would be one more. Let a step enqueue a canvas of its own.", nameof(members));
        }

        Before = before;
        Members = members;
    }

    /// <summary>What runs before the group.</summary>
    internal ImmutableArray<CanvasElement> Before { get; }

    internal ImmutableArray<TaskChain<TResult>> Members { get; }

    /// <summary>What runs before the group, and the group, joined or at the end of its canvas.</summary>
    internal ImmutableArray<CanvasElement> ToElements(JoinOn? join) => Before.Add(new CanvasGroup([.. Members.Select(member => member.Elements)], join));

    /// <summary>Goes on with one task that is given the results of all, in the group's order.</summary>
    /// <param name="when">What has to have become of the members.</param>
    /// <param name="link">The task: <c>InvoicesTasks.SumLink()</c>.</param>
    public TaskChain<TNext> Join<TNext>(JoinOn when, TaskLink<TResult[], TNext> link) => JoinAny(when, link);

    /// <inheritdoc cref="Join{TNext}(JoinOn, TaskLink{TResult[], TNext})"/>
    public TaskChain<TNext> Join<TNext>(JoinOn when, TaskLink<List<TResult>, TNext> link) => JoinAny(when, link);

    /// <inheritdoc cref="Join{TNext}(JoinOn, TaskLink{TResult[], TNext})"/>
    public TaskChain<TNext> Join<TNext>(JoinOn when, TaskLink<IReadOnlyList<TResult>, TNext> link) => JoinAny(when, link);

    /// <inheritdoc cref="Join{TNext}(JoinOn, TaskLink{TResult[], TNext})"/>
    public TaskChain<TNext> Join<TNext>(JoinOn when, TaskLink<IEnumerable<TResult>, TNext> link) => JoinAny(when, link);

    /// <summary>Goes on with one call that has all its arguments: the members' results are not passed on.</summary>
    /// <param name="when">What has to have become of the members.</param>
    /// <param name="call">The call: <c>InvoicesTasks.CloseMonth(month)</c>.</param>
    /// <exception cref="MessagePack.MessagePackException">An argument cannot be written.</exception>
    public TaskChain<TNext> Join<TContract, TNext, TArguments>(JoinOn when, TaskCall<TContract, TNext, TArguments> call)
        where TContract : class
        where TArguments : struct, ITaskArguments<TArguments, TNext> =>
        new(Joined(when).Add(CanvasStep.Of(in call)), static trackers => trackers.Get<TNext, TArguments>());

    /// <summary>The names of the tasks.</summary>
    public override string ToString() => CanvasText.Of(ToElements(join: null));

    private TaskChain<TNext> JoinAny<TInput, TNext>(JoinOn when, TaskLink<TInput, TNext> link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return new TaskChain<TNext>(Joined(when).AddRange(link.Elements), link.Tracker);
    }

    private ImmutableArray<CanvasElement> Joined(JoinOn when)
    {
        if (when is not (JoinOn.AllSucceeded or JoinOn.AllEnded))
        {
            throw new ArgumentOutOfRangeException(nameof(when), when, "A group is joined on AllSucceeded or on AllEnded.");
        }

        return ToElements(when);
    }
}
