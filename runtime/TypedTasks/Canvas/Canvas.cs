using TypedTasks.Calls;
using TypedTasks.Canvases;

namespace TypedTasks;

/// <summary>
/// Begins a canvas: tasks that run one after another (a chain), side by side (a group), and both together. Built of call values, checked by the compiler, enqueued by <see cref="ITaskCanvas"/>.
/// </summary>
/// <example>
/// <code>
/// TaskChain&lt;Receipt&gt; chain = Canvas
///     .Chain(InvoicesTasks.Generate(orderId, 129.90m))       // returns an InvoiceId
///     .Then(InvoicesTasks.SendLink("a@b.example"));          // takes it as its first argument
///
/// TaskChain&lt;decimal&gt; total = Canvas
///     .Group(orders.Select(order =&gt; InvoicesTasks.Price(order)))
///     .Join(JoinOn.AllSucceeded, InvoicesTasks.SumLink());   // takes the prices as an array
///
/// TaskHandle&lt;Receipt&gt; handle = await canvas.EnqueueAsync(chain);
/// </code>
/// </example>
public static class Canvas
{
    /// <summary>The most steps that a canvas has: what one enqueueing may set off is bounded.</summary>
    public const int MaxSteps = 10_000;

    /// <summary>Begins a chain with a call.</summary>
    /// <param name="call">The first step.</param>
    /// <exception cref="MessagePack.MessagePackException">An argument cannot be written.</exception>
    public static TaskChain<TResult> Chain<TContract, TResult, TArguments>(TaskCall<TContract, TResult, TArguments> call)
        where TContract : class
        where TArguments : struct, ITaskArguments<TArguments, TResult> =>
        new([CanvasStep.Of(in call)], static trackers => trackers.Get<TResult, TArguments>());

    /// <summary>Begins with calls of one task, side by side.</summary>
    /// <param name="calls">The calls, at least one.</param>
    /// <exception cref="ArgumentException">There are none, or groups lie within each other more than 16 deep.</exception>
    /// <exception cref="MessagePack.MessagePackException">An argument cannot be written.</exception>
    public static TaskGroup<TResult> Group<TContract, TResult, TArguments>(params IEnumerable<TaskCall<TContract, TResult, TArguments>> calls)
        where TContract : class
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        ArgumentNullException.ThrowIfNull(calls);
        return new TaskGroup<TResult>([], [.. calls.Select(call => Chain(call))]);
    }

    /// <summary>Begins with chains side by side: of several steps each, or of one, where the tasks differ.</summary>
    /// <param name="chains">The chains, at least one.</param>
    /// <exception cref="ArgumentException">There are none, or groups lie within each other more than 16 deep.</exception>
    public static TaskGroup<TResult> Group<TResult>(params IEnumerable<TaskChain<TResult>> chains)
    {
        ArgumentNullException.ThrowIfNull(chains);
        return new TaskGroup<TResult>([], [.. chains]);
    }
}
