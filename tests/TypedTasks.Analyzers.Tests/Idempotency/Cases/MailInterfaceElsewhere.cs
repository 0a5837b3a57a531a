[TaskContract]
public interface IWelcome
{
    [Task, Idempotent]
    Task WelcomeAsync(Guid user);
}

public interface IEmailSender
{
    Task SendEmailAsync(string to, string subject);
}

public interface IUsers
{
    Task<string> AddressOfAsync(Guid user);
}

public sealed class WelcomeWorker(IUsers users, IEmailSender mail) : IWelcome
{
    public async Task WelcomeAsync(Guid user)
    {
        string address = await users.AddressOfAsync(user);
        await {|TT414:mail.SendEmailAsync(address, "Welcome")|};
    }
}
