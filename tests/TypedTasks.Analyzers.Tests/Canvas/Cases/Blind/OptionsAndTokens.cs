// Calls and chains that are right, enqueued with what is not: tokens in the place of options, spans, other contracts, chains by a client.
namespace Mail;

[TaskContract]
public interface IMails
{
    [Task, AtMostOnce] ValueTask SendAsync(string to, string text);
    [Task, Idempotent] ValueTask<int> CountAsync(string to);
}

[TaskContract]
public interface IStamps
{
    [Task, Idempotent] ValueTask<decimal> BuyAsync(int grams);
}

public sealed class Mailer(ITaskClient<IMails> mails, ITaskCanvas canvas)
{
    public async Task SendAsync(string to, CancellationToken cancellationToken)
    {
        await mails.EnqueueAsync(MailsTasks.Send(to, "Hello"), EnqueueOptions.In(TimeSpan.FromHours(1)), cancellationToken);
        await mails.EnqueueAsync(MailsTasks.Send(to, "Hello"), cancellationToken); // refused
        await mails.EnqueueAsync(MailsTasks.Send(to, "Hello"), TimeSpan.FromHours(1)); // refused
        await mails.EnqueueAsync(StampsTasks.Buy(20)); // refused
        await mails.EnqueueAsync(Canvas.Chain(MailsTasks.Count(to))); // refused
        await mails.EnqueueManyAsync(MailsTasks.Count(to), cancellationToken: cancellationToken); // refused
        await mails.EnqueueAsync(new[] { MailsTasks.Count(to) }); // refused
        await canvas.EnqueueAsync(MailsTasks.Count(to)); // refused
        await canvas.EnqueueAsync(Canvas.Chain(MailsTasks.Count(to)), TimeSpan.FromHours(1)); // refused
        await canvas.EnqueueAsync(Canvas.Chain(MailsTasks.Count(to)), key: to); // refused
        await canvas.EnqueueAsync([Canvas.Chain(MailsTasks.Count(to))]); // refused
        int count = await mails.InvokeAsync(MailsTasks.Count(to), TimeSpan.FromSeconds(1), cancellationToken); // refused
    }
}
