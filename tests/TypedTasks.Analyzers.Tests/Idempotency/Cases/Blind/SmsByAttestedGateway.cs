// The gateway's own class says why it may be called twice; the handler knows its interface only. And a mail that may be lost, but not doubled.
using System.Net.Mail;
using Twilio.Rest.Api.V2010.Account;

public interface ISmsGateway
{
    Task TextAsync(Guid message, string number, string text);
}

public sealed class DedupingSmsGateway(HashSet<Guid> sent) : ISmsGateway
{
    [AssumeIdempotent("The messaging service of this account drops what repeats within a day")]
    public async Task TextAsync(Guid message, string number, string text)
    {
        if (!sent.Contains(message))
        {
            await MessageResource.CreateAsync(number, "+4900000", text);
        }
    }
}

[TaskContract]
public interface IAttestedTexts
{
    [Task, Idempotent]
    Task TextAsync(Guid message, string number, string text);

    [Task(MaxAttempts = 1), AtMostOnce]
    Task MailAsync(string address, string text, CancellationToken cancellationToken = default);
}

public sealed class AttestedTextWorker(ISmsGateway gateway, SmtpClient smtp) : IAttestedTexts
{
    public Task TextAsync(Guid message, string number, string text) => gateway.TextAsync(message, number, text);

    public Task MailAsync(string address, string text, CancellationToken cancellationToken) => smtp.SendMailAsync("news@example.com", address, "News", text, cancellationToken);
}
