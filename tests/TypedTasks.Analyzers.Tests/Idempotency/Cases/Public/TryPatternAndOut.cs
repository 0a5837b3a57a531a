// A helper with an out parameter, a tuple and a switch expression: all of it is arithmetic.
using System.Net.Http;

public enum Parcel
{
    Small,
    Medium,
    Large,
}

[TaskContract]
public interface IShippingCosts
{
    [Task, Idempotent]
    Task PutAsync(Guid order, string weight, string country, CancellationToken cancellationToken = default);
}

public sealed class ShippingCostWorker(HttpClient http) : IShippingCosts
{
    public async Task PutAsync(Guid order, string weight, string country, CancellationToken cancellationToken)
    {
        if (!TryWeigh(weight, out int grams))
        {
            throw new FormatException($"{weight} is no weight");
        }

        (Parcel size, decimal cost) = grams switch
        {
            < 500 => (Parcel.Small, 3.5m),
            < 5_000 => (Parcel.Medium, 6m),
            _ => (Parcel.Large, 12m),
        };
        cost *= country is "DE" or "AT" ? 1 : 2;
        using HttpResponseMessage response = await http.PutAsync($"/orders/{order}/shipping/{size}/{cost}", null, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private static bool TryWeigh(string text, out int grams) => int.TryParse(text, out grams) && grams > 0;
}
