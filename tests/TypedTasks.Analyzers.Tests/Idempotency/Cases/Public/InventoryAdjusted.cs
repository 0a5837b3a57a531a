// Stock goes up or down with the event, by one statement for each app.
using System.Data;
using Dapper;

public enum InvoiceEventKind
{
    Created,
    Expired,
    Paid,
}

[TaskContract]
public interface IInventory
{
    [Task, Idempotent]
    Task AdjustAsync(string[] items, InvoiceEventKind kind);
}

public sealed class InventoryWorker(IDbConnection connection) : IInventory
{
    public async Task AdjustAsync(string[] items, InvoiceEventKind kind)
    {
        int change;
        switch (kind)
        {
            case InvoiceEventKind.Expired:
                change = 1;
                break;
            case InvoiceEventKind.Created:
                change = -1;
                break;
            default:
                return;
        }

        foreach (string item in items)
        {
            await {|TT412:connection.ExecuteAsync("UPDATE inventory SET count = count + @change WHERE item = @item", new { item, change })|};
        }
    }
}
