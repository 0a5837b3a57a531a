using TypedTasks;

namespace Shop;

/// <summary>The producer: an ordinary service that is given the contract's client.</summary>
public sealed class Checkout(ITaskClient<IInvoices> invoices, ITaskCanvas canvas)
{
    /// <summary>Asks for an order's invoice. The order's id is the task's id too, so an order that is placed twice makes one task.</summary>
    public ValueTask<TaskHandle<InvoiceId>> PlaceAsync(Order order, CancellationToken cancellationToken) =>
        invoices.GenerateAsync(order.Id, order.Customer, order.Amount, EnqueueOptions.WithId(new TaskId(order.Id)), cancellationToken);

    /// <summary>Asks for an order's invoice by a task of its own, as another part of the shop might.</summary>
    public ValueTask<TaskHandle<InvoiceId>> AskAsync(Guid orderId, string customer, decimal amount, CancellationToken cancellationToken) =>
        invoices.GenerateAsync(orderId, customer, amount, cancellationToken: cancellationToken);

    /// <summary>Has the invoices of several orders issued side by side, and added up by one task once all are there.</summary>
    public ValueTask<TaskHandle<decimal>> AddUpAsync(IEnumerable<Order> orders, CancellationToken cancellationToken) =>
        canvas.EnqueueAsync(
            Canvas.Group(orders.Select(order => InvoicesTasks.Generate(order.Id, order.Customer, order.Amount)))
                .Join(JoinOn.AllSucceeded, InvoicesTasks.AddUpLink()),
            cancellationToken: cancellationToken);

    /// <summary>Reminds an order's customer, but not before <paramref name="delay"/> is over; the engine keeps the task until then.</summary>
    public ValueTask<TaskHandle<NoResult>> RemindLaterAsync(Guid orderId, TimeSpan delay, CancellationToken cancellationToken) =>
        invoices.SendReminderAsync(orderId, EnqueueOptions.In(delay), cancellationToken);

    /// <summary>Counts many views at once: a task call is a value, so a batch is a sequence of them.</summary>
    public async Task CountViewsAsync(IEnumerable<InvoiceId> viewed, CancellationToken cancellationToken) =>
        await invoices.EnqueueManyAsync(viewed.Select(InvoicesTasks.CountView), cancellationToken: cancellationToken);
}
