// What a controller does: it enqueues, waits for nothing, and too early.
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

public sealed class WebOrder
{
    public int Id { get; set; }
    public Guid Customer { get; set; }
}

public sealed class WebOrders : DbContext
{
    public DbSet<WebOrder> Orders => Set<WebOrder>();
}

[TaskContract]
public interface IWebOrderMails
{
    [Task, AtMostOnce]
    Task ConfirmAsync(int order);
}

public sealed class WebOrderMailWorker : IWebOrderMails
{
    public Task ConfirmAsync(int order) => Task.CompletedTask;
}

public sealed class WebOrderController(WebOrders orders, ITaskClient<IWebOrderMails> mails)
{
    public async Task PlaceAsync(Guid customer, CancellationToken cancellationToken)
    {
        await using IDbContextTransaction transaction = await orders.Database.BeginTransactionAsync(cancellationToken);
        WebOrder order = new() { Customer = customer };
        orders.Orders.Add(order);
        await orders.SaveChangesAsync(cancellationToken);
        await {|TT703:mails.ConfirmAsync(order.Id)|};
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task PlaceEarlyAsync(Guid customer, CancellationToken cancellationToken)
    {
        WebOrder order = new() { Customer = customer };
        orders.Orders.Add(order);
        await mails.ConfirmAsync({|TT704:order.Id|});
        await orders.SaveChangesAsync(cancellationToken);
    }

    public async Task PlaceRightAsync(Guid customer, int[] others, CancellationToken cancellationToken)
    {
        WebOrder order = new() { Customer = customer };
        orders.Orders.Add(order);
        await orders.SaveChangesAsync(cancellationToken);
        await mails.ConfirmAsync(order.Id);
        foreach (int other in others)
        {
            await {|TT705:mails.ConfirmAsync(other)|};
        }
    }

    public void Forget(int order) => _ = {|TT701:mails.ConfirmAsync(order)|};

    public async Task LaterAsync(int order, TimeProvider time)
    {
        await mails.ConfirmAsync(order, EnqueueOptions.At({|TT707:DateTime.Now|}.AddHours(1)));
        await mails.ConfirmAsync(order, EnqueueOptions.At(time.GetUtcNow().AddHours(1)));
    }
}
