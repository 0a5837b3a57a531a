// Once for each: the key names the one it is for.
public interface INewsletterMailer
{
    Task SendAsync(string address, CancellationToken cancellationToken);
}

[TaskContract]
public interface INewsletters
{
    [Task, Idempotent]
    Task SendAsync(int issue, string[] readers, TaskContext context);

    [Task, Idempotent]
    Task SendWrongAsync(int issue, string[] readers, TaskContext context);
}

public sealed class NewsletterWorker(INewsletterMailer mailer) : INewsletters
{
    public async Task SendAsync(int issue, string[] readers, TaskContext context)
    {
        foreach (string reader in readers)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            await context.OnceAsync($"issue:{issue}:{reader}", async stop => await mailer.SendAsync(reader, stop));
        }
    }

    public async Task SendWrongAsync(int issue, string[] readers, TaskContext context)
    {
        foreach (string reader in readers)
        {
            await context.OnceAsync({|TT438:$"issue:{issue}"|}, async stop => await mailer.SendAsync(reader, stop));
        }

        await context.OnceAsync({|TT431:$"done:{Guid.NewGuid()}"|}, async stop => await mailer.SendAsync("office@example.com", stop));
    }
}
