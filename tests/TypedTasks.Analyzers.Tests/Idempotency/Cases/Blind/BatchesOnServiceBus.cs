// Invoices of a run go out in batches, and a dunning is scheduled for each; none of the messages has an id.
using System.Text.Json;
using Azure.Messaging.ServiceBus;

public sealed record RunInvoice(Guid Invoice, decimal Amount, DateOnly Due);

[TaskContract]
public interface IInvoiceRuns
{
    [Task, Idempotent]
    Task PublishAsync(int run, RunInvoice[] invoices, CancellationToken cancellationToken = default);
}

public sealed class InvoiceRunWorker(ServiceBusSender sender) : IInvoiceRuns
{
    public async Task PublishAsync(int run, RunInvoice[] invoices, CancellationToken cancellationToken)
    {
        using ServiceBusMessageBatch batch = await sender.CreateMessageBatchAsync(cancellationToken);
        foreach (RunInvoice invoice in invoices)
        {
            ServiceBusMessage message = new(JsonSerializer.Serialize(invoice)) { Subject = $"run-{run}" };
            if (!batch.TryAddMessage(message))
            {
                throw new InvalidOperationException($"Run {run} does not fit into one batch.");
            }
        }

        await {|TT416:sender.SendMessagesAsync(batch, cancellationToken)|};
        foreach (RunInvoice invoice in invoices)
        {
            DateTimeOffset dunning = new(invoice.Due.AddDays(14), TimeOnly.MinValue, TimeSpan.Zero);
            await {|TT416:sender.ScheduleMessageAsync(new ServiceBusMessage(invoice.Invoice.ToString()), dunning, cancellationToken)|};
        }
    }
}
