// The same incident by mail, by Slack and by Telegram, as the person's record says.
using Amazon.SimpleEmailV2;
using Amazon.SimpleEmailV2.Model;
using SlackNet.WebApi;
using Telegram.Bot;

[TaskContract]
public interface IIncidentNews
{
    [Task, Idempotent]
    Task TellAsync(string text, string? mail, string? channel, long? chat, CancellationToken cancellationToken = default);
}

public sealed class IncidentWorker(IAmazonSimpleEmailServiceV2 mails, IChatApi slack, ITelegramBotClient telegram) : IIncidentNews
{
    public async Task TellAsync(string text, string? mail, string? channel, long? chat, CancellationToken cancellationToken)
    {
        if (mail is { Length: > 0 } address)
        {
            await {|TT414:mails.SendEmailAsync(new SendEmailRequest { FromEmailAddress = "ops@example.com", Destination = new Destination { ToAddresses = [address] } }, cancellationToken)|};
        }

        if (channel is not null)
        {
            await {|TT414:slack.PostMessage(new SlackNet.WebApi.Message { Channel = channel, Text = text }, cancellationToken)|};
        }

        if (chat is { } id)
        {
            await {|TT414:telegram.SendMessage(id, text, cancellationToken)|};
        }
    }
}
