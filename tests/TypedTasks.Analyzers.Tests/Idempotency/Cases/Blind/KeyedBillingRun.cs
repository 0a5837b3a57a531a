// Tasks under a key: what is done before something that may fail, is done again.
using System.Net.Http;
using System.Net.Http.Json;

public interface IEmailSender
{
    Task SendEmailAsync(string email, string subject, string htmlMessage);
}

[TaskContract]
public interface IBillingRuns
{
    [Task, Idempotent(Key = "{customer}:{month}")]
    Task BillAsync(Guid customer, string month, string address, CancellationToken cancellationToken = default);

    [Task, Idempotent(Key = nameof(invoice))]
    Task StoreAsync(Guid invoice, CancellationToken cancellationToken = default);
}

public sealed class BillingRunWorker(HttpClient http, IEmailSender mail) : IBillingRuns
{
    public async Task BillAsync(Guid customer, string month, string address, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await {|TT423:http.PostAsJsonAsync("invoices", new { customer, month }, cancellationToken)|};
        response.EnsureSuccessStatusCode();
        await {|TT422:mail.SendEmailAsync(address, "Your invoice", month)|};
    }

    public async Task StoreAsync(Guid invoice, CancellationToken cancellationToken) =>
        (await http.PutAsJsonAsync($"invoices/{invoice}/state", new { state = "stored" }, cancellationToken)).EnsureSuccessStatusCode();
}
