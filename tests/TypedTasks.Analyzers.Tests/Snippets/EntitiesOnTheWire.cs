// The set is an expression, the context has a primary constructor, the entity is in a list.
using Microsoft.EntityFrameworkCore;

namespace Orders;

public sealed class Order
{
    public Guid Id { get; set; }
    public decimal Total { get; set; }
}

public sealed class Note
{
    public string Text { get; set; } = "";
}

public sealed class ShopContext(string connection) : DbContext
{
    public string Connection => connection;
    public DbSet<Order> Orders => Set<Order>();
}

[TaskContract]
public interface IOrders
{
    [Task, Idempotent] Task PlaceAsync(List<Order> {|TT308:orders|});

    [Task, Idempotent] Task NoteAsync(Guid order, Note note);
}
