using System.Net.Http;
using System.Net.Mail;

[TaskContract]
public interface ICharges
{
    [Task, Idempotent(Key = nameof(order))]
    Task ChargeAsync(Guid order, string address, TaskContext context = null!);
}

public sealed class ChargeWorker(HttpClient http, SmtpClient smtp) : ICharges
{
    public async Task ChargeAsync(Guid order, string address, TaskContext context)
    {
        await context.OnceAsync("charge", ChargeOnceAsync);
        await context.OnceAsync("mail", async cancellationToken =>
            await smtp.SendMailAsync("shop@example.com", address, "Paid", "Thank you.", cancellationToken));

        async ValueTask ChargeOnceAsync(CancellationToken cancellationToken)
        {
            await http.PostAsync($"/orders/{order}/charges", null, cancellationToken);
        }
    }
}
