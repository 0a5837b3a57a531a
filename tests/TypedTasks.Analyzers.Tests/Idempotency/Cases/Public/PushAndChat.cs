// Push, chat and text messages by the libraries for them.
using Amazon.SimpleEmail;
using Amazon.SimpleEmail.Model;
using Discord.Webhook;
using FirebaseAdmin.Messaging;
using WebPush;

[TaskContract]
public interface IPushes
{
    [Task, Idempotent]
    Task SendAsync(string[] tokens, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task SendToBrowserAsync(string endpoint, string payload, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task TellChatAsync(string text);

    [Task, Idempotent]
    Task MailAsync(string address, CancellationToken cancellationToken = default);
}

public sealed class PushWorker(WebPushClient push, DiscordWebhookClient discord, IAmazonSimpleEmailService ses) : IPushes
{
    public async Task SendAsync(string[] tokens, CancellationToken cancellationToken) =>
        await {|TT414:FirebaseMessaging.DefaultInstance.SendEachForMulticastAsync(new MulticastMessage { Tokens = tokens }, cancellationToken)|};

    public async Task SendToBrowserAsync(string endpoint, string payload, CancellationToken cancellationToken)
    {
        PushSubscription subscription = new(endpoint, "key", "auth");
        await {|TT414:push.SendNotificationAsync(subscription, payload, cancellationToken)|};
    }

    public async Task TellChatAsync(string text) => await {|TT414:discord.SendMessageAsync(text)|};

    public async Task MailAsync(string address, CancellationToken cancellationToken)
    {
        SendEmailRequest request = new() { Source = "shop@example.com" };
        request.ToAddresses.Add(address);
        await {|TT414:ses.SendEmailAsync(request, cancellationToken)|};
    }
}
