using Microsoft.EntityFrameworkCore;

public sealed class Payment
{
    public int Id { get; set; }
    public Guid OrderId { get; set; }
}

public sealed class Shop : DbContext
{
    public DbSet<Payment> Payments => Set<Payment>();
}

[TaskContract]
public interface IPayments
{
    [Task, Idempotent]
    Task BookAsync(Guid orderId, CancellationToken cancellationToken = default);
}

public sealed class PaymentWorker(Shop shop) : IPayments
{
    public async Task BookAsync(Guid orderId, CancellationToken cancellationToken)
    {
        if (await shop.Payments.AnyAsync(payment => payment.OrderId == orderId, cancellationToken))
        {
            return;
        }

        shop.Payments.Add(new Payment { OrderId = orderId });
        await shop.SaveChangesAsync(cancellationToken);
    }
}
