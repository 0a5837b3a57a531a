// What another side answers, and what a process counts, does not tell whether this was done before.
using System.Diagnostics;
using System.Threading;
using MailKit.Net.Smtp;
using MimeKit;

public interface IPaymentGateway
{
    Task<bool> ChargeAsync(Guid order, decimal amount);
}

[TaskContract]
public interface IAnswers
{
    [Task, Idempotent]
    Task ChargedAsync(Guid order, decimal amount);

    [Task, Idempotent]
    Task CountedAsync(Guid order);
}

public sealed class AnswerWorker(IPaymentGateway gateway, ISmtpClient smtp) : IAnswers
{
    private static int _runs;

    public async Task ChargedAsync(Guid order, decimal amount)
    {
        if (!await {|TT410:gateway.ChargeAsync(order, amount)|})
        {
            return;
        }

        await {|TT414:smtp.SendAsync(new MimeMessage { Subject = "Paid" })|};
    }

    public async Task CountedAsync(Guid order)
    {
        if ({|TT415:Interlocked.Increment(ref _runs)|} > 1)
        {
            return;
        }

        await {|TT414:smtp.SendAsync(new MimeMessage { Subject = $"First of {order}" })|};
    }
}
