using System.Net.Mail;
using Microsoft.EntityFrameworkCore;

// The first job of every tutorial: load the user, send a mail.
public sealed class User
{
    public int Id { get; set; }
    public string Email { get; set; } = "";
}

public sealed class App : DbContext
{
    public DbSet<User> Users => Set<User>();
}

[TaskContract]
public interface IWelcome
{
    [Task, Idempotent]
    Task WelcomeAsync(int user);
}

public sealed class WelcomeWorker(App app, SmtpClient smtp) : IWelcome
{
    public async Task WelcomeAsync(int user)
    {
        User? found = await app.Users.FindAsync(user);
        if (found is null)
        {
            return;
        }

        await {|TT414:smtp.SendMailAsync("app@example.com", found.Email, "Welcome", "…")|};
    }
}
