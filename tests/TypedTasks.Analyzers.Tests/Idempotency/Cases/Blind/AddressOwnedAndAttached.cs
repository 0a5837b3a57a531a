// A customer is not loaded but attached, and only the columns that came with the task are marked as changed.
using Microsoft.EntityFrameworkCore;

public sealed record PostalAddress(string Street, string City, string PostalCode, string Country);

public sealed class AddressBookCustomer
{
    public Guid Id { get; set; }
    public string Email { get; set; } = "";
    public PostalAddress? Address { get; set; }
    public bool AddressVerified { get; set; }
}

public sealed class AddressBookContext : DbContext
{
    public DbSet<AddressBookCustomer> Customers => Set<AddressBookCustomer>();
}

public sealed record AddressChange(string Street, string City, string PostalCode, string? Country);

[TaskContract]
public interface IAddressBook
{
    [Task, Idempotent]
    Task ChangeAsync(Guid customer, AddressChange change, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task RenameMailAsync(Guid customer, string email, CancellationToken cancellationToken = default);
}

public sealed class AddressBookWorker(AddressBookContext context) : IAddressBook
{
    public async Task ChangeAsync(Guid customer, AddressChange change, CancellationToken cancellationToken)
    {
        AddressBookCustomer found = await context.Customers.SingleAsync(one => one.Id == customer, cancellationToken);
        PostalAddress address = new(change.Street.Trim(), change.City.Trim(), change.PostalCode.ToUpperInvariant(), change.Country ?? "DE");
        if (found.Address == address)
        {
            return;
        }

        found.Address = found.Address is null ? address : found.Address with { Street = address.Street, City = address.City, PostalCode = address.PostalCode };
        found.AddressVerified = false;
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task RenameMailAsync(Guid customer, string email, CancellationToken cancellationToken)
    {
        AddressBookCustomer stub = new() { Id = customer, Email = email.ToLowerInvariant() };
        context.Customers.Attach(stub);
        context.Entry(stub).Property(one => one.Email).IsModified = true;
        await context.SaveChangesAsync(cancellationToken);
    }
}
