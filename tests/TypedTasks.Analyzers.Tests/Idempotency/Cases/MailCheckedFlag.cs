using SendGrid;
using SendGrid.Helpers.Mail;

public sealed class Order
{
    public Guid Id { get; set; }
    public string Email { get; set; } = "";
    public DateTimeOffset? ReceiptSentAt { get; set; }
}

public interface IOrders
{
    Task<Order?> FindAsync(Guid id);
    Task SaveAsync(Order order);
}

[TaskContract]
public interface IReceipts
{
    [Task, Idempotent]
    Task SendAsync(Guid orderId);
}

public sealed class ReceiptWorker(IOrders orders, ISendGridClient mail, TimeProvider time) : IReceipts
{
    public async Task SendAsync(Guid orderId)
    {
        Order? order = await orders.FindAsync(orderId);
        if (order is null || order.ReceiptSentAt is not null)
        {
            return;
        }

        SendGridMessage message = new() { Subject = "Your receipt" };
        message.AddTo(order.Email);
        await mail.SendEmailAsync(message);
        order.ReceiptSentAt = time.GetUtcNow();
        await orders.SaveAsync(order);
    }
}
