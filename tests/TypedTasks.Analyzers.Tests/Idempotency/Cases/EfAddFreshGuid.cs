using Microsoft.EntityFrameworkCore;

public sealed class Payment
{
    public Payment(Guid id, Guid orderId)
    {
        Id = id;
        OrderId = orderId;
    }

    public Guid Id { get; private set; }
    public Guid OrderId { get; private set; }
}

public sealed class Shop : DbContext
{
    public DbSet<Payment> Payments => Set<Payment>();
}

public sealed class PaymentBook(Shop shop)
{
    public async Task BookAsync(Guid orderId)
    {
        Payment payment = new(Guid.NewGuid(), orderId);
        await shop.Payments.AddAsync(payment);
        await shop.SaveChangesAsync();
    }
}

[TaskContract]
public interface IPayments
{
    [Task, Idempotent]
    Task BookAsync(Guid orderId);
}

public sealed class PaymentWorker(PaymentBook book) : IPayments
{
    public Task BookAsync(Guid orderId) => {|TT418:book.BookAsync(orderId)|};
}
