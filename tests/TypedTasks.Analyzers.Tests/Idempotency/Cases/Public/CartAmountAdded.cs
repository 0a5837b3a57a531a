// A cart's row is found or made; what is found gets more.
using Microsoft.EntityFrameworkCore;

public sealed class CartRow
{
    public int Id { get; set; }
    public Guid Cart { get; set; }
    public int Product { get; set; }
    public int Quantity { get; set; }
}

public sealed class CartContext : DbContext
{
    public DbSet<CartRow> Rows => Set<CartRow>();
}

[TaskContract]
public interface ICartAdditions
{
    [Task, Idempotent]
    Task AddAsync(Guid cart, int product, int quantity, CancellationToken cancellationToken = default);
}

public sealed class CartAdditionWorker(CartContext context) : ICartAdditions
{
    public async Task AddAsync(Guid cart, int product, int quantity, CancellationToken cancellationToken)
    {
        CartRow? row = context.Rows.SingleOrDefault(one => one.Cart == cart && one.Product == product);
        if (row is null)
        {
            context.Rows.Add(new CartRow { Cart = cart, Product = product, Quantity = quantity });
        }
        else
        {
            {|TT412:row.Quantity += quantity|};
        }

        await context.SaveChangesAsync(cancellationToken);
    }
}
