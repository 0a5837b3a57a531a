// Senders behind interfaces whose code is in another project: the names say that a human hears of it.
public interface ISlackService
{
    Task<bool> SendSlackMessageAsync(string channel, string text);
}

public interface ITemplateMailer
{
    Task SendWelcomeAsync(string address);
}

public interface ISmsGateway
{
    Task SendSmsAsync(string phone, string text);
}

public interface INotificationSettings
{
    Task<bool> AllowsAsync(string user);
}

[TaskContract]
public interface IWelcomes
{
    [Task, Idempotent]
    Task WelcomeAsync(string user, string address, string phone);
}

public sealed class WelcomeWorker(ISlackService slack, ITemplateMailer mailer, ISmsGateway sms, INotificationSettings settings) : IWelcomes
{
    public async Task WelcomeAsync(string user, string address, string phone)
    {
        if (!await settings.AllowsAsync(user))
        {
            return;
        }

        await {|TT414:mailer.SendWelcomeAsync(address)|};
        await {|TT414:sms.SendSmsAsync(phone, "Welcome")|};
        await {|TT414:slack.SendSlackMessageAsync("#sales", $"{user} has joined")|};
    }
}
