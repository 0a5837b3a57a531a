// The consumer passes it on to a service, which passes it on to a repository, which numbers its rows itself.
using Microsoft.EntityFrameworkCore;

public class Aggregate
{
    public int Id { get; set; }
}

public sealed class Billing : Aggregate
{
    public Guid Order { get; set; }
    public decimal Amount { get; set; }
}

public sealed class BillingContext : DbContext
{
    public DbSet<Billing> Billings => Set<Billing>();
}

public interface IRepository<T>
    where T : Aggregate
{
    void Insert(T item);

    Task CommitAsync(CancellationToken cancellationToken);
}

public class EfRepository<T>(BillingContext database) : IRepository<T>
    where T : Aggregate
{
    public void Insert(T item) => database.Set<T>().Add(item);

    public Task CommitAsync(CancellationToken cancellationToken) => database.SaveChangesAsync(cancellationToken);
}

public interface IBillingService
{
    Task CreateAsync(Guid order, decimal amount, CancellationToken cancellationToken);
}

public sealed class BillingService(IRepository<Billing> billings) : IBillingService
{
    public async Task CreateAsync(Guid order, decimal amount, CancellationToken cancellationToken)
    {
        billings.Insert(new Billing { Order = order, Amount = amount });
        await billings.CommitAsync(cancellationToken);
    }
}

[TaskContract]
public interface IBillings
{
    [Task, Idempotent]
    Task CreateAsync(Guid order, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class BillingWorker(IBillingService service) : IBillings
{
    public Task CreateAsync(Guid order, decimal amount, CancellationToken cancellationToken) => {|TT411:service.CreateAsync(order, amount, cancellationToken)|};
}
