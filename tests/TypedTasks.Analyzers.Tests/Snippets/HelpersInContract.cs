// Beside its tasks, a contract has constants, helpers with a body, static ones and a nested record.
namespace Billing;

[TaskContract]
public interface IInvoicing
{
    const string Currency = "EUR";

    [Task, Idempotent(Key = nameof(invoice))]
    Task DrawAsync(Guid invoice, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task SumAsync(Line[] lines);

    sealed Task DrawTwiceAsync(Guid invoice) => DrawAsync(invoice);

    static string NameOf(Guid invoice) => $"{Currency}-{invoice:N}";

    record Line(string Sku, decimal Price);
}
