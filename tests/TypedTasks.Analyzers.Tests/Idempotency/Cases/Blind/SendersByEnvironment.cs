// One sender sends, one writes to the console, one keeps what it was given for the tests.
using MailKit.Net.Smtp;
using MimeKit;

public sealed record Letter(string To, string Text);

public interface ILetters
{
    Task DispatchAsync(Letter letter, CancellationToken cancellationToken);
}

public sealed class SmtpLetters(ISmtpClient smtp) : ILetters
{
    public async Task DispatchAsync(Letter letter, CancellationToken cancellationToken) => await smtp.SendAsync(new MimeMessage(), cancellationToken);
}

public sealed class ConsoleLetters : ILetters
{
    public Task DispatchAsync(Letter letter, CancellationToken cancellationToken) => Console.Out.WriteLineAsync($"{letter.To}: {letter.Text}");
}

public sealed class KeptLetters : ILetters
{
    public List<Letter> Kept { get; } = [];

    public Task DispatchAsync(Letter letter, CancellationToken cancellationToken)
    {
        Kept.Add(letter);
        return Task.CompletedTask;
    }
}

[TaskContract]
public interface ILetterJobs
{
    [Task, Idempotent]
    Task SendAsync(string to, string text, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task SendOnceAsync(string to, string text, TaskContext context = null!);
}

public sealed class LetterWorker(ILetters letters) : ILetterJobs
{
    public Task SendAsync(string to, string text, CancellationToken cancellationToken) => {|TT414:letters.DispatchAsync(new Letter(to, text), cancellationToken)|};

    public async Task SendOnceAsync(string to, string text, TaskContext context) =>
        await context.OnceAsync($"letter:{to}", async cancellationToken => await letters.DispatchAsync(new Letter(to, text), cancellationToken));
}
