using TypedTasks;

namespace Shop;

/// <summary>The worker: the plain implementation of the contract. What it throws decides what becomes of a task.</summary>
public sealed class InvoiceWorker(InvoiceBook book, TaxService taxes) : IInvoices
{
    public async ValueTask<InvoiceId> GenerateAsync(Guid orderId, string customer, decimal amount, CancellationToken cancellationToken)
    {
        if (amount <= 0)
        {
            // No retry can mend this: the task goes to the dead letters at once.
            throw new DeadLetterException($"The amount is {amount}; an invoice is for more than nothing.");
        }

        // Fails now and then, and is then tried again; an UnknownCountryException is not, because the contract says so.
        decimal rate = await taxes.RateForAsync(customer, cancellationToken);
        return book.Issue(orderId, customer, amount, rate).Id;
    }

    public ValueTask<decimal> AddUpAsync(InvoiceId[] invoices) => new(book.GrossOf(invoices));

    public ValueTask SendReminderAsync(Guid orderId)
    {
        book.Remind(orderId);
        return ValueTask.CompletedTask;
    }

    public ValueTask CountViewAsync(InvoiceId invoice)
    {
        book.CountView();
        return ValueTask.CompletedTask;
    }
}
