// Clients in fields, properties, tuples and locals; nobody waits for what they do.
namespace Shop;

[TaskContract]
public interface IMail
{
    [Task, Idempotent] ValueTask SendAsync(Guid message);
}

public class Checkout
{
    private readonly ITaskClient<IMail> _mail;

    public Checkout(ITaskClient<IMail> mail) => _mail = mail;

    protected ITaskClient<IMail> Mail => _mail;

    public bool Complete(Guid message)
    {
        _ = {|TT701:_mail.SendAsync(message)|};
        return true;
    }

    public void Pay(Guid message) => {|TT701:Mail.SendAsync(message, EnqueueOptions.In(TimeSpan.FromHours(1)))|};

    public async Task ShipAsync(Guid message)
    {
        (ITaskClient<IMail> Client, Guid Message) pair = (_mail, message);
        await Task.Yield();
        {|TT701:pair.Client.EnqueueAsync(MailTasks.Send(pair.Message))|};
    }

    public void Hook(System.Timers.Timer timer, Guid message) => timer.Elapsed += (_, _) => {|TT701:_mail.SendAsync(message)|};

    public static async Task ForgetAsync(ITaskClient<IMail> client, Guid message)
    {
        var lost = {|TT701:client.SendAsync(message)|}.AsTask();
        await Task.Yield();
    }
}
