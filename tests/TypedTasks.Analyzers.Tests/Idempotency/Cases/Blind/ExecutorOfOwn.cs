// An executor of one's own runs a delegate unless its key is taken; key and work are saved together.
using Microsoft.EntityFrameworkCore;

public sealed class ExecutedKey
{
    public string Id { get; set; } = "";
}

public sealed class Coupon
{
    public int Id { get; set; }
    public Guid Customer { get; set; }
}

public sealed class CouponContext : DbContext
{
    public DbSet<ExecutedKey> Executed => Set<ExecutedKey>();
    public DbSet<Coupon> Coupons => Set<Coupon>();
}

public interface IOnceExecutor
{
    Task RunAsync(string key, Action<CouponContext> work, CancellationToken cancellationToken);
}

public sealed class OnceExecutor(CouponContext database) : IOnceExecutor
{
    public async Task RunAsync(string key, Action<CouponContext> work, CancellationToken cancellationToken)
    {
        if (await database.Executed.FindAsync([key], cancellationToken) is not null)
        {
            return;
        }

        database.Executed.Add(new ExecutedKey { Id = key });
        work(database);
        await database.SaveChangesAsync(cancellationToken);
    }
}

[TaskContract]
public interface ICoupons
{
    [Task, Idempotent]
    Task GiveAsync(Guid customer, string campaign, CancellationToken cancellationToken = default);
}

public sealed class CouponWorker(IOnceExecutor executor) : ICoupons
{
    public Task GiveAsync(Guid customer, string campaign, CancellationToken cancellationToken) => executor.RunAsync(
        $"coupon:{customer}:{campaign}",
        database => database.Coupons.Add(new Coupon { Customer = customer }),
        cancellationToken);
}
