using System.Collections.Concurrent;

namespace Shop;

/// <summary>An invoice that was issued.</summary>
public sealed record Invoice(InvoiceId Id, Guid OrderId, string Customer, decimal Net, decimal Tax)
{
    public decimal Gross => Net + Tax;
}

/// <summary>What a real shop would keep in its database: the invoices, the reminders, the views.</summary>
public sealed class InvoiceBook(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Invoice> _invoices = [];
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _reminders = new();
    private long _views;

    /// <summary>The invoices in the order of their numbers.</summary>
    public IReadOnlyList<Invoice> Invoices
    {
        get
        {
            lock (_gate)
            {
                return [.. _invoices.Values.OrderBy(invoice => invoice.Id.Number)];
            }
        }
    }

    /// <summary>When each order's customer was reminded.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> Reminders => _reminders;

    public long Views => Interlocked.Read(ref _views);

    /// <summary>Issues the invoice of an order; asked again, returns the one that it issued.</summary>
    public Invoice Issue(Guid orderId, string customer, decimal net, decimal taxRate)
    {
        lock (_gate)
        {
            if (!_invoices.TryGetValue(orderId, out Invoice? invoice))
            {
                decimal tax = Math.Round(net * taxRate, 2, MidpointRounding.AwayFromZero);
                invoice = new Invoice(new InvoiceId(_invoices.Count + 1), orderId, customer, net, tax);
                _invoices.Add(orderId, invoice);
            }

            return invoice;
        }
    }

    /// <summary>What these invoices come to.</summary>
    public decimal GrossOf(IReadOnlyCollection<InvoiceId> ids) => Invoices.Where(invoice => ids.Contains(invoice.Id)).Sum(invoice => invoice.Gross);

    public void Remind(Guid orderId) => _reminders.TryAdd(orderId, time.GetUtcNow());

    public void CountView() => Interlocked.Increment(ref _views);
}
