// What runs side by side is of one task, or chains of one result.
namespace Onboarding;

[TaskContract]
public interface IAccounts
{
    [Task, Idempotent] ValueTask<Guid> CreateMailboxAsync(string user);
    [Task, Idempotent] ValueTask<Guid> CreateHomeAsync(string user);
    [Task, Idempotent] ValueTask<int> CountLicensesAsync(string user);
    [Task, Idempotent] ValueTask WelcomeAsync(Guid[] created, string user);
}

public class Starter(ITaskCanvas canvas, Func<DateTimeOffset> now)
{
    public async Task<TaskHandle<NoResult>> BeginAsync(string user, CancellationToken token)
    {
        var created = Canvas.Group({|TT802:AccountsTasks.CreateMailbox(user)|}, AccountsTasks.CreateHome(user));
        return await canvas.EnqueueAsync(created.Join(JoinOn.AllSucceeded, AccountsTasks.WelcomeLink(user)), EnqueueOptions.At(now().AddHours(8)), token);
    }

    public async Task<TaskHandle<NoResult>> BeginWithLicenseAsync(string user)
    {
        var created = Canvas.Group([Canvas.Chain(AccountsTasks.CreateMailbox(user)), {|TT802:Canvas.Chain(AccountsTasks.CountLicenses(user))|}]);
        return await canvas.EnqueueAsync(created.Join(JoinOn.AllSucceeded, AccountsTasks.WelcomeLink(user)));
    }

    public async Task<TaskHandle<NoResult>> BeginInOrderAsync(string user) => await canvas.EnqueueAsync(Canvas
        .Group(Canvas.Chain(AccountsTasks.CreateMailbox(user)), Canvas.Chain(AccountsTasks.CreateHome(user)))
        .Join(JoinOn.AllSucceeded, AccountsTasks.WelcomeLink(user)));
}
