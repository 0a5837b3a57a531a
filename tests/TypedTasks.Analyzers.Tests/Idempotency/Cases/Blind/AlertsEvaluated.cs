// Every alert that fires leaves a line in the history, and is told by another task.
using Microsoft.EntityFrameworkCore;

public sealed class AlertRow
{
    public int Id { get; set; }
    public string Symbol { get; set; } = "";
    public decimal Above { get; set; }
}

public sealed class AlertHistory
{
    public int Id { get; set; }
    public int AlertId { get; set; }
    public decimal Price { get; set; }
}

public sealed class AlertContext : DbContext
{
    public DbSet<AlertRow> Alerts => Set<AlertRow>();
    public DbSet<AlertHistory> Histories => Set<AlertHistory>();
}

[TaskContract]
public interface IAlertNotices
{
    [Task, Idempotent]
    Task TellAsync(int alert, Guid notice);
}

[TaskContract]
public interface IAlerts
{
    [Task, Idempotent]
    Task EvaluateAsync(string symbol, decimal price, CancellationToken cancellationToken = default);
}

public sealed class AlertWorker(AlertContext database, ITaskClient<IAlertNotices> notices) : IAlerts
{
    public async Task EvaluateAsync(string symbol, decimal price, CancellationToken cancellationToken)
    {
        foreach (AlertRow alert in await database.Alerts.Where(one => one.Symbol == symbol).ToListAsync(cancellationToken))
        {
            if (price <= alert.Above)
            {
                continue;
            }

            {|TT411:database.Histories.Add(new AlertHistory { AlertId = alert.Id, Price = price })|};
            await database.SaveChangesAsync(cancellationToken);
            await {|TT416:notices.TellAsync(alert.Id, Guid.NewGuid(), cancellationToken: cancellationToken)|};
        }
    }
}

public sealed class AlertNoticeWorker : IAlertNotices
{
    public Task TellAsync(int alert, Guid notice) => Task.CompletedTask;
}
