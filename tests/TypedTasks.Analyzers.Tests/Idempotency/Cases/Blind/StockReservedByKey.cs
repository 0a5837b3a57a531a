// Stock is reserved under the order's number by a statement that knows a repetition.
using System.Data;
using Dapper;

[TaskContract]
public interface IStockReservations
{
    [Task, Idempotent]
    ValueTask<bool> ReserveAsync(Guid order, string sku, int quantity);
}

public sealed class StockReservationWorker(IDbConnection connection) : IStockReservations
{
    private const string Reserve = """
        WITH reserved AS (
            INSERT INTO reservations (order_id, sku, quantity)
            SELECT @order, @sku, @quantity
             WHERE NOT EXISTS (SELECT 1 FROM reservations WHERE order_id = @order AND sku = @sku)
            RETURNING sku, quantity
        )
        UPDATE stock SET available = available - reserved.quantity FROM reserved WHERE stock.sku = reserved.sku
        """;

    public async ValueTask<bool> ReserveAsync(Guid order, string sku, int quantity) => await connection.ExecuteAsync(Reserve, new { order, sku, quantity }) > 0;
}
