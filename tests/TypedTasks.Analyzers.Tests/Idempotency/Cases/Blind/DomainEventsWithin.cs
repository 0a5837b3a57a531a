// Events within the process, whose handlers are in another project.
public sealed record AddressChanged(Guid Customer);

public interface IDomainEventPublisher
{
    Task PublishAsync(object domainEvent, CancellationToken cancellationToken);
}

public interface ICustomerAddresses
{
    Task ReplaceAsync(Guid customer, string address, CancellationToken cancellationToken);
}

[TaskContract]
public interface IAddressChanges
{
    [Task, Idempotent]
    Task ChangeAsync(Guid customer, string address, CancellationToken cancellationToken = default);
}

public sealed class AddressChangeWorker(ICustomerAddresses addresses, IDomainEventPublisher events) : IAddressChanges
{
    public async Task ChangeAsync(Guid customer, string address, CancellationToken cancellationToken)
    {
        await addresses.ReplaceAsync(customer, address, cancellationToken);
        await events.PublishAsync(new AddressChanged(customer), cancellationToken);
    }
}
