// The state is an immutable record: read, changed by with, and put back.
using System.Net.Http;
using System.Net.Http.Json;

public sealed record CartState(string Id, int Count, decimal Sum, string[] Applied);

[TaskContract]
public interface ICartStates
{
    [Task, Idempotent]
    Task RenameAsync(string cart, string[] applied, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task AddOnceAsync(string cart, string change, decimal price, CancellationToken cancellationToken = default);
}

public sealed class CartStateWorker(HttpClient http) : ICartStates
{
    public async Task RenameAsync(string cart, string[] applied, CancellationToken cancellationToken)
    {
        CartState state = await http.GetFromJsonAsync<CartState>($"/carts/{cart}", cancellationToken) ?? new CartState(cart, 0, 0, []);
        await http.PutAsJsonAsync($"/carts/{cart}", state with { Applied = applied }, cancellationToken);
    }

    public async Task AddOnceAsync(string cart, string change, decimal price, CancellationToken cancellationToken)
    {
        CartState state = await http.GetFromJsonAsync<CartState>($"/carts/{cart}", cancellationToken) ?? new CartState(cart, 0, 0, []);
        if (state.Applied.Contains(change))
        {
            return;
        }

        await http.PutAsJsonAsync($"/carts/{cart}", state with { Count = state.Count + 1, Sum = state.Sum + price, Applied = [.. state.Applied, change] }, cancellationToken);
    }
}
