using Microsoft.EntityFrameworkCore;

public sealed class Customer
{
    public int Id { get; set; }
    public string Email { get; set; } = "";
    public string Name { get; set; } = "";
}

public sealed class Crm : DbContext
{
    public DbSet<Customer> Customers => Set<Customer>();
}

[TaskContract]
public interface ICustomers
{
    [Task, Idempotent]
    Task ImportAsync(string email, string name);
}

public sealed class CustomerWorker(Crm crm) : ICustomers
{
    public async Task ImportAsync(string email, string name)
    {
        Customer? customer = await crm.Customers.FirstOrDefaultAsync(known => known.Email == email);
        if (customer == null)
        {
            customer = new Customer { Email = email };
            crm.Customers.Add(customer);
        }

        customer.Name = name;
        await crm.SaveChangesAsync();
    }
}
