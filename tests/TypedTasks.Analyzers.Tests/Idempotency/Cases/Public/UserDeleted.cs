// An account goes with all that belongs to it: rows, files, and what others keep of it.
using System.Data;
using System.IO;
using System.Net.Http;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public sealed class LocalUser
{
    public Guid Id { get; set; }
    public string Email { get; set; } = "";
    public DateTimeOffset? DeletedAt { get; set; }
}

public sealed class UserContext : DbContext
{
    public DbSet<LocalUser> Users => Set<LocalUser>();
}

[TaskContract]
public interface IUserDeletion
{
    [Task, Idempotent]
    Task DeleteAsync(Guid user, TaskContext context);
}

public sealed class UserDeletionWorker(UserContext users, IDbConnection reports, HttpClient http, ILogger<UserDeletionWorker> log) : IUserDeletion
{
    public async Task DeleteAsync(Guid user, TaskContext context)
    {
        LocalUser? found = await users.Users.FirstOrDefaultAsync(one => one.Id == user, context.CancellationToken);
        if (found is null)
        {
            log.LogInformation("{User} is gone", user);
            return;
        }

        found.Email = $"deleted-{user:N}@example.com";
        found.DeletedAt ??= context.EnqueuedAt;
        await users.SaveChangesAsync(context.CancellationToken);
        await reports.ExecuteAsync("DELETE FROM visits WHERE user_id = @user; UPDATE posts SET author_id = NULL WHERE author_id = @user", new { user });
        await http.DeleteAsync($"/newsletters/subscribers/{user}", context.CancellationToken);
        string folder = Path.Combine("users", user.ToString("N"));
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
