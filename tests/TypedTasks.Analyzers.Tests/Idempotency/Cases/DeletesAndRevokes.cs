using System.IO;
using System.Net.Http;
using Microsoft.EntityFrameworkCore;

// Taking away what may be away already.
public sealed class Session
{
    public Guid Id { get; set; }
    public Guid User { get; set; }
}

public sealed class Accounts : DbContext
{
    public DbSet<Session> Sessions => Set<Session>();
}

[TaskContract]
public interface IAccounts
{
    [Task, Idempotent]
    Task CloseAsync(Guid user);
}

public sealed class AccountWorker(Accounts accounts, HttpClient http) : IAccounts
{
    public async Task CloseAsync(Guid user)
    {
        await accounts.Sessions.Where(session => session.User == user).ExecuteDeleteAsync();
        await http.DeleteAsync($"/tokens/{user}");
        if (File.Exists($"exports/{user}.zip"))
        {
            File.Delete($"exports/{user}.zip");
        }
    }
}
