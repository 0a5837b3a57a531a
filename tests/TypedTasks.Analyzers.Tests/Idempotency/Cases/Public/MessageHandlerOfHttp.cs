// A delegating handler adds the header; the call itself shows none. Declared by the one who knows.
using System.Net.Http;

public sealed class InvoiceApi(HttpClient http)
{
    [AssumeIdempotent("A handler of this client adds the Idempotency-Key of the current task.")]
    public async Task IssueAsync(Guid order, CancellationToken stop) => await http.PostAsync($"/invoices?order={order}", null, stop);
}

[TaskContract]
public interface IInvoiceIssues
{
    [Task, Idempotent]
    Task IssueAsync(Guid order, CancellationToken cancellationToken = default);
}

public sealed class InvoiceIssueWorker(InvoiceApi api) : IInvoiceIssues
{
    public Task IssueAsync(Guid order, CancellationToken cancellationToken) => api.IssueAsync(order, cancellationToken);
}
