// Names that sound like sending, and only ask.
using System.Net.Http;

public sealed record Signature(string Html);

public interface IMailboxDirectory
{
    Task<IReadOnlyList<string>> SendersAsync(string domain);
    Task<bool> SendableAsync(string address);
}

public interface IEmailTemplateRepository
{
    Task<Signature?> GetSignatureAsync(string user);
    Task<IReadOnlyList<string>> AddressesAsync(string user);
}

public interface ISlackFormatter
{
    string PostalAddress(string user);
}

[TaskContract]
public interface ISignatures
{
    [Task, Idempotent]
    Task PublishAsync(string user, string domain);
}

public sealed class SignatureWorker(IMailboxDirectory mailboxes, IEmailTemplateRepository templates, ISlackFormatter slack, HttpClient http) : ISignatures
{
    public async Task PublishAsync(string user, string domain)
    {
        IReadOnlyList<string> senders = await mailboxes.SendersAsync(domain);
        IReadOnlyList<string> addresses = await templates.AddressesAsync(user);
        Signature? signature = await templates.GetSignatureAsync(user);
        if (signature is null || !await mailboxes.SendableAsync(addresses[0]))
        {
            return;
        }

        await http.PutAsync($"/signatures/{user}", new StringContent($"{signature.Html} {slack.PostalAddress(user)} {senders.Count}"));
    }
}
