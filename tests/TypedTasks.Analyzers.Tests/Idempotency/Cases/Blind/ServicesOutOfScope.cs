// What works is taken out of a scope: a class, and what is behind an interface.
using System.Net.Http;

public interface IScopedBilling
{
    Task BillAsync(Guid order);
}

public sealed class ScopedBilling(HttpClient http) : IScopedBilling
{
    public Task BillAsync(Guid order) => http.PostAsync($"/orders/{order}/bills", null);
}

public sealed class ScopedIndex(HttpClient http)
{
    public Task IndexAsync(Guid order) => http.PutAsync($"/index/{order}", null);
}

[TaskContract]
public interface IScopedOrders
{
    [Task, Idempotent]
    Task CompleteAsync(Guid order);
}

public sealed class ScopedOrderWorker(IServiceScopeFactory scopes) : IScopedOrders
{
    public async Task CompleteAsync(Guid order)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        var index = scope.ServiceProvider.GetRequiredService<ScopedIndex>();
        await index.IndexAsync(order);
        IScopedBilling? billing = scope.ServiceProvider.GetService<IScopedBilling>();
        if (billing is not null)
        {
            await {|TT410:billing.BillAsync(order)|};
        }
    }
}
