// The number that the database will give, by a property of a record, within a list, after SaveChanges.
using Microsoft.EntityFrameworkCore;

namespace Shop;

public class Entity
{
    public long Id { get; private set; }
}

public sealed class Order : Entity
{
    public string Customer { get; set; } = "";
}

public sealed class Ticket
{
    public Guid Id { get; init; } = Guid.NewGuid();
}

public sealed class ShopContext : DbContext
{
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<Ticket> Tickets => Set<Ticket>();
}

[TaskContract]
public interface IShipping
{
    [Task, Idempotent] ValueTask ShipAsync(long order);

    [Task, Idempotent] ValueTask PrintAsync(Guid ticket);
}

public sealed class Checkout(ShopContext shop, ITaskClient<IShipping> shipping)
{
    public async Task EarlyAsync(string customer)
    {
        var order = new Order { Customer = customer };
        await shop.Orders.AddAsync(order);
        await shipping.EnqueueAsync(ShippingTasks.Ship({|TT704:order.Id|}));
        await shop.SaveChangesAsync();
    }

    public async Task InTimeAsync(string customer)
    {
        var order = new Order { Customer = customer };
        shop.Add(order);
        await shop.SaveChangesAsync();
        await shipping.ShipAsync(order.Id);
    }

    public async Task TicketAsync()
    {
        Ticket ticket = new();
        shop.Tickets.Add(ticket);
        await shipping.PrintAsync(ticket.Id);
        await shop.SaveChangesAsync();
    }
}
