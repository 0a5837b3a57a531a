// An alarm goes out as a push, as a text message and, by Mailgun's own API, as mail.
using System.Net.Http;
using FirebaseAdmin.Messaging;
using Twilio.Rest.Api.V2010.Account;

public sealed record AlarmContact(string? Device, string? Phone, string? Email);

[TaskContract]
public interface IAlarms
{
    [Task(MaxAttempts = 10), Idempotent]
    Task RaiseAsync(string building, string text, AlarmContact contact, CancellationToken cancellationToken = default);
}

public sealed class AlarmWorker(IHttpClientFactory clients) : IAlarms
{
    public async Task RaiseAsync(string building, string text, AlarmContact contact, CancellationToken cancellationToken)
    {
        if (contact.Device is { Length: > 0 } device)
        {
            Message push = new() { Token = device, Notification = new Notification { Title = building, Body = text } };
            await {|TT414:FirebaseMessaging.DefaultInstance.SendAsync(push, cancellationToken)|};
        }

        if (contact.Phone is { Length: > 0 } phone)
        {
            CreateMessageOptions options = new(phone) { MessagingServiceSid = "MG1", Body = $"{building}: {text}" };
            await {|TT414:MessageResource.CreateAsync(options)|};
        }

        if (contact.Email is not null)
        {
            await {|TT410:MailAsync(contact.Email, building, text, cancellationToken)|};
        }
    }

    private async Task MailAsync(string address, string subject, string text, CancellationToken cancellationToken)
    {
        using HttpClient mailgun = clients.CreateClient("mailgun");
        using FormUrlEncodedContent form = new(new Dictionary<string, string>
        {
            ["from"] = "alarm@example.com",
            ["to"] = address,
            ["subject"] = subject,
            ["text"] = text,
        });
        using HttpResponseMessage response = await mailgun.PostAsync(new Uri("v3/example.com/messages", UriKind.Relative), form, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
