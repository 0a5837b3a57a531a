// Handlers of commands behind one generic interface, asked for by their own type.
using Microsoft.EntityFrameworkCore;
using StackExchange.Redis;

public sealed record RenameCustomer(Guid Customer, string Name);

public sealed record CountVisit(Guid Customer);

public interface ICommandHandler<TCommand>
{
    Task HandleAsync(TCommand command, CancellationToken cancellationToken);
}

public sealed class Customer
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
}

public sealed class CustomerContext : DbContext
{
    public DbSet<Customer> Customers => Set<Customer>();
}

public sealed class RenameCustomerHandler(CustomerContext context) : ICommandHandler<RenameCustomer>
{
    public async Task HandleAsync(RenameCustomer command, CancellationToken cancellationToken) =>
        await context.Customers.Where(one => one.Id == command.Customer).ExecuteUpdateAsync(set => set.SetProperty(one => one.Name, command.Name), cancellationToken);
}

public sealed class CountVisitHandler(IDatabase redis) : ICommandHandler<CountVisit>
{
    public async Task HandleAsync(CountVisit command, CancellationToken cancellationToken) => await redis.StringIncrementAsync($"visits:{command.Customer}");
}

[TaskContract]
public interface ICustomerJobs
{
    [Task, Idempotent]
    Task RenameAsync(Guid customer, string name, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task VisitedAsync(Guid customer, CancellationToken cancellationToken = default);
}

public sealed class CustomerJobWorker(ICommandHandler<RenameCustomer> rename, ICommandHandler<CountVisit> visit) : ICustomerJobs
{
    public Task RenameAsync(Guid customer, string name, CancellationToken cancellationToken) => rename.HandleAsync(new RenameCustomer(customer, name), cancellationToken);

    public Task VisitedAsync(Guid customer, CancellationToken cancellationToken) => {|TT412:visit.HandleAsync(new CountVisit(customer), cancellationToken)|};
}
