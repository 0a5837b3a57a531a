// Repositories that only answer, under names that begin with other words.
using System.Net.Http;

public sealed class Warehouse
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
}

public interface IWarehouseRepository
{
    Task<IReadOnlyList<string>> AddressesAsync(int warehouse);
    Task<Warehouse?> GetAsync(int warehouse);
    IQueryable<Warehouse> CreateQuery();
    Task<bool> AddressExistsAsync(string address);
}

[TaskContract]
public interface IWarehouseSync
{
    [Task, Idempotent]
    Task SyncAsync(int warehouse, CancellationToken cancellationToken = default);
}

public sealed class WarehouseSyncWorker(IWarehouseRepository warehouses, HttpClient http) : IWarehouseSync
{
    public async Task SyncAsync(int warehouse, CancellationToken cancellationToken)
    {
        Warehouse? found = await warehouses.GetAsync(warehouse) ?? warehouses.CreateQuery().FirstOrDefault(one => one.Id == warehouse);
        foreach (string address in await warehouses.AddressesAsync(warehouse))
        {
            if (await warehouses.AddressExistsAsync(address))
            {
                await http.PutAsync($"/warehouses/{warehouse}/{found?.Name}/{address}", null, cancellationToken);
            }
        }
    }
}
