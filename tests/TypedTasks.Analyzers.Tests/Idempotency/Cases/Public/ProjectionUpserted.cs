// A read model, row by row: found or made under the event's own number.
using Microsoft.EntityFrameworkCore;

public sealed class CustomerView
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public long Version { get; set; }
}

public sealed class ViewContext : DbContext
{
    public DbSet<CustomerView> Customers => Set<CustomerView>();
}

[TaskContract]
public interface ICustomerViews
{
    [Task, Idempotent]
    Task ProjectAsync(Guid customer, string name, long version, CancellationToken cancellationToken = default);
}

public sealed class CustomerViewWorker(ViewContext views) : ICustomerViews
{
    public async Task ProjectAsync(Guid customer, string name, long version, CancellationToken cancellationToken)
    {
        CustomerView? view = await views.Customers.FindAsync([customer], cancellationToken);
        if (view is null)
        {
            view = new CustomerView { Id = customer };
            views.Customers.Add(view);
        }
        else if (view.Version >= version)
        {
            return;
        }

        view.Name = name;
        view.Version = version;
        await views.SaveChangesAsync(cancellationToken);
    }
}
