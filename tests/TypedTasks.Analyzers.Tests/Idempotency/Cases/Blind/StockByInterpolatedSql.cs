// Stock is taken by raw SQL of Entity Framework: the movement is written once, the quantity is not.
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

public sealed class WarehouseContext : DbContext;

public sealed record PickedLine(int Number, string Sku, int Quantity);

[TaskContract]
public interface IPickings
{
    [Task, Idempotent]
    Task PickAsync(Guid picking, string warehouse, PickedLine[] lines, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task CountedAsync(string warehouse, string sku, int counted, CancellationToken cancellationToken = default);
}

public sealed class PickingWorker(WarehouseContext context) : IPickings
{
    public async Task PickAsync(Guid picking, string warehouse, PickedLine[] lines, CancellationToken cancellationToken)
    {
        foreach (PickedLine line in lines.OrderBy(line => line.Sku, StringComparer.Ordinal))
        {
            await context.Database.ExecuteSqlAsync(
                $"INSERT INTO movements (picking, line, sku, quantity) VALUES ({picking}, {line.Number}, {line.Sku}, {line.Quantity}) ON CONFLICT (picking, line) DO NOTHING",
                cancellationToken);
            int changed = await {|TT412:context.Database.ExecuteSqlInterpolatedAsync(
                $"UPDATE stock SET quantity = quantity - {line.Quantity} WHERE warehouse = {warehouse} AND sku = {line.Sku}",
                cancellationToken)|};
            if (changed == 0)
            {
                throw new InvalidOperationException($"{line.Sku} is not kept in {warehouse}.");
            }
        }
    }

    public async Task CountedAsync(string warehouse, string sku, int counted, CancellationToken cancellationToken)
    {
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync($"UPDATE stock SET quantity = {counted} WHERE warehouse = {warehouse} AND sku = {sku}", cancellationToken);
        await context.Database.ExecuteSqlAsync($"DELETE FROM stock_alerts WHERE warehouse = {warehouse} AND sku = {sku}", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
