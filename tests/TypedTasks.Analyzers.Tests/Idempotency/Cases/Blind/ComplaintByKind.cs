// A handler in two parts that goes different ways by the kind of a complaint.
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;

public enum ComplaintKind
{
    Late,
    Broken,
    Rude,
}

public interface IEmailSender
{
    Task SendEmailAsync(string to, string subject, string body, CancellationToken cancellationToken = default);
}

[TaskContract]
public interface IComplaints
{
    [Task, Idempotent]
    Task HandleAsync(Guid complaint, ComplaintKind kind, string customer, CancellationToken cancellationToken = default);
}

public sealed partial class ComplaintWorker(HttpClient http, IEmailSender email, ILogger<ComplaintWorker> log) : IComplaints
{
    public async Task HandleAsync(Guid complaint, ComplaintKind kind, string customer, CancellationToken cancellationToken)
    {
        LogKind(complaint, kind);
        Task work = kind switch
        {
            ComplaintKind.Late => http.PutAsJsonAsync($"vouchers/{complaint}", new { customer, percent = 10 }, cancellationToken),
            ComplaintKind.Broken => ReplaceAsync(),
            ComplaintKind.Rude when customer.EndsWith("@example.com", StringComparison.OrdinalIgnoreCase) => Task.CompletedTask,
            _ => {|TT414:email.SendEmailAsync(customer, "We are sorry", Apology(kind), cancellationToken)|},
        };
        await work;

        async Task ReplaceAsync()
        {
            using HttpResponseMessage ordered = await {|TT410:http.PostAsJsonAsync("orders", new { customer, reason = "broken" }, cancellationToken)|};
            ordered.EnsureSuccessStatusCode();
        }
    }
}

public sealed partial class ComplaintWorker
{
    private static string Apology(ComplaintKind kind) => $"It should not have been {kind.ToString().ToLowerInvariant()}.";

    private void LogKind(Guid complaint, ComplaintKind kind)
    {
        if (log.IsEnabled(LogLevel.Debug))
        {
            log.LogDebug("Complaint {Complaint} is {Kind}", complaint, kind);
        }
    }
}
