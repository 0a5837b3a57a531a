using System.Net.Http;
using TypedTasks;

namespace Shop;

/// <summary>A handler that does twice what it should do once.</summary>
public sealed class ShopWorker(HttpClient http, ITaskClient<IShop> shop) : IShop
{
    private static int s_charged;

    public async Task ChargeAsync(string order, string customer, decimal amount)
    {
        await http.PostAsync($"https://pay.example/{order}", new StringContent($"{amount}"));
        await http.PostAsync($"https://mail.example/{customer}", null);
    }

    public async Task ConfirmAsync(Guid order, CancellationToken cancellationToken)
    {
        await Receipts.SendAsync(http, order);
        s_charged++;
        Console.WriteLine(await shop.Remote.CountAsync(order, default));
    }

    public Task<int> CountAsync(Guid order, DateTimeOffset sentAt)
    {
        Thread.Sleep(100);
        return Task.FromResult(s_charged);
    }

    public async Task ImportAsync(Catalogue catalogue)
    {
        try
        {
            await http.PutAsync($"https://search.example/{Guid.NewGuid()}", null);
        }
        catch (Exception failure)
        {
            Console.WriteLine(failure.Message);
        }
    }
}

internal static class Receipts
{
    /// <summary>Two calls away from the handler, and still seen from there.</summary>
    public static Task SendAsync(HttpClient http, Guid order) => PostAsync(http, $"https://mail.example/receipts/{order}");

    private static Task PostAsync(HttpClient http, string url) => http.PostAsync(url, null);
}
