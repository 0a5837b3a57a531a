// Settings are read, and written where they differ.
using Microsoft.EntityFrameworkCore;

public sealed class SiteSetting
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
    public string Value { get; set; } = "";
}

public sealed class SiteSettings : DbContext
{
    public DbSet<SiteSetting> Settings => Set<SiteSetting>();
}

[TaskContract]
public interface ISiteSettings
{
    [Task, Idempotent]
    Task SetAsync(string name, string value, CancellationToken cancellationToken = default);
}

public sealed class SiteSettingWorker(SiteSettings context) : ISiteSettings
{
    public async Task SetAsync(string name, string value, CancellationToken cancellationToken)
    {
        SiteSetting setting = await context.Settings.SingleAsync(one => one.Name == name, cancellationToken);
        if (setting.Value == value)
        {
            return;
        }

        setting.Value = value;
        await context.SaveChangesAsync(cancellationToken);
    }
}
