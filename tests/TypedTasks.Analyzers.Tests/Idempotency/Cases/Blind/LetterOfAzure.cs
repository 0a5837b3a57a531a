// A mail by Azure, which the handler composes of a template by an extension.
using Azure;
using Azure.Communication.Email;

public static class Templating
{
    public static string Fill(this string template, params (string Name, string Value)[] values) =>
        values.Aggregate(template, (text, value) => text.Replace($"[{value.Name}]", value.Value, StringComparison.Ordinal));
}

[TaskContract]
public interface IRenewalLetters
{
    [Task, Idempotent]
    Task RemindAsync(string address, string plan, CancellationToken cancellationToken = default);
}

public sealed class RenewalLetterWorker(EmailClient mails) : IRenewalLetters
{
    private const string Template = "<p>Your plan [plan] ends soon.</p>";

    public async Task RemindAsync(string address, string plan, CancellationToken cancellationToken) =>
        await {|TT414:mails.SendAsync(WaitUntil.Completed, "plans@example.com", address, "Your plan", Template.Fill(("plan", plan)), cancellationToken: cancellationToken)|};
}
