using SendGrid;
using SendGrid.Helpers.Mail;

public sealed record Order(Guid Id, string Email);

public interface IOrders
{
    Task<Order?> FindAsync(Guid id);
}

[TaskContract]
public interface IReceipts
{
    [Task, Idempotent]
    Task SendAsync(Guid orderId);
}

public sealed class ReceiptWorker(IOrders orders, ISendGridClient mail) : IReceipts
{
    public async Task SendAsync(Guid orderId)
    {
        Order? order = await orders.FindAsync(orderId);
        if (order is null)
        {
            return;
        }

        SendGridMessage message = new() { Subject = "Your receipt" };
        message.AddTo(order.Email);
        await {|TT414:mail.SendEmailAsync(message)|};
    }
}
