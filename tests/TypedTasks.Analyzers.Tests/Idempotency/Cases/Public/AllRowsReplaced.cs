// All rows are loaded and removed, and the new ones are added, in one commit.
using Microsoft.EntityFrameworkCore;

public sealed class Holiday
{
    public int Id { get; set; }
    public DateOnly Day { get; set; }
    public string Country { get; set; } = "";
}

public sealed class HolidayContext : DbContext
{
    public DbSet<Holiday> Holidays => Set<Holiday>();
}

[TaskContract]
public interface IHolidays
{
    [Task, Idempotent]
    Task ReplaceAsync(string country, DateOnly[] days, CancellationToken cancellationToken = default);
}

public sealed class HolidayWorker(HolidayContext context) : IHolidays
{
    public async Task ReplaceAsync(string country, DateOnly[] days, CancellationToken cancellationToken)
    {
        List<Holiday> old = await context.Holidays.Where(one => one.Country == country).ToListAsync(cancellationToken);
        context.Holidays.RemoveRange(old);
        context.Holidays.AddRange(days.Select(day => new Holiday { Country = country, Day = day }));
        await context.SaveChangesAsync(cancellationToken);
    }
}
