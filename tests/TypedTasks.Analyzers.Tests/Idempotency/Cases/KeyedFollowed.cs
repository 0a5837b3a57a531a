using System.Net.Http;
using System.Net.Mail;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface ICharges
{
    [Task, Idempotent(Key = nameof(order))]
    Task ChargeAsync(Guid order, string address);
}

public sealed class ChargeWorker(HttpClient http, SmtpClient smtp, ILogger<ChargeWorker> log) : ICharges
{
    public async Task ChargeAsync(Guid order, string address)
    {
        await {|TT423:http.PostAsync($"/orders/{order}/charges", null)|};
        log.LogInformation("Charged {Order}", order);
        await {|TT422:smtp.SendMailAsync("shop@example.com", address, "Paid", "Thank you.")|};
        log.LogInformation("Told {Address}", address);
    }
}
