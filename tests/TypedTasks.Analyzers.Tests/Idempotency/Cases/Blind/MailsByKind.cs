// What kind of mail it is, the argument says; each kind has its own method of one sender.
using SendGrid;
using SendGrid.Helpers.Mail;

public interface IEmails
{
    Task WelcomeAsync(string to, CancellationToken cancellationToken);

    Task ReceiptAsync(string to, Guid order, CancellationToken cancellationToken);
}

public sealed class SendGridEmails(ISendGridClient client) : IEmails
{
    public Task WelcomeAsync(string to, CancellationToken cancellationToken) => SendAsync("welcome", cancellationToken);

    public Task ReceiptAsync(string to, Guid order, CancellationToken cancellationToken) => SendAsync("receipt", cancellationToken);

    private async Task SendAsync(string template, CancellationToken cancellationToken)
    {
        SendGridMessage message = new();
        Console.WriteLine(template);
        await client.SendEmailAsync(message, cancellationToken);
    }
}

public enum EmailKind
{
    Welcome,
    Receipt,
}

[TaskContract]
public interface IEmailJobs
{
    [Task, Idempotent]
    Task SendAsync(EmailKind kind, string to, Guid order, CancellationToken cancellationToken = default);
}

public sealed class EmailJobWorker(IEmails emails) : IEmailJobs
{
    public Task SendAsync(EmailKind kind, string to, Guid order, CancellationToken cancellationToken) => kind switch
    {
        EmailKind.Welcome => {|TT414:emails.WelcomeAsync(to, cancellationToken)|},
        EmailKind.Receipt => {|TT414:emails.ReceiptAsync(to, order, cancellationToken)|},
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
