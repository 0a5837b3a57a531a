// Found or made, changed or added: by the key that the task was given.
using Microsoft.EntityFrameworkCore;

public sealed class Preference
{
    public Guid Id { get; set; }
    public string Theme { get; set; } = "";
    public int Size { get; set; }
}

public sealed class PreferenceContext : DbContext
{
    public DbSet<Preference> Preferences => Set<Preference>();
}

public static class PreferenceQueries
{
    public static async Task<Preference> GetOrAddAsync(this DbSet<Preference> preferences, Guid user, CancellationToken cancellationToken)
    {
        Preference? found = await preferences.FirstOrDefaultAsync(one => one.Id == user, cancellationToken);
        if (found is null)
        {
            found = new Preference { Id = user };
            await preferences.AddAsync(found, cancellationToken);
        }

        return found;
    }
}

[TaskContract]
public interface IThemePreferences
{
    [Task, Idempotent]
    Task StoreAsync(Guid user, string theme, int size, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ReplaceAsync(Guid user, string theme, int size, CancellationToken cancellationToken = default);
}

public sealed class PreferenceWorker(PreferenceContext database) : IThemePreferences
{
    public async Task StoreAsync(Guid user, string theme, int size, CancellationToken cancellationToken)
    {
        Preference preference = await database.Preferences.GetOrAddAsync(user, cancellationToken);
        (preference.Theme, preference.Size) = (theme, Math.Clamp(size, 1, 100));
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task ReplaceAsync(Guid user, string theme, int size, CancellationToken cancellationToken)
    {
        await database.Preferences.Where(one => one.Id == user).ExecuteDeleteAsync(cancellationToken);
        database.Add(new Preference { Id = user, Theme = theme, Size = size });
        await database.SaveChangesAsync(cancellationToken);
    }
}
