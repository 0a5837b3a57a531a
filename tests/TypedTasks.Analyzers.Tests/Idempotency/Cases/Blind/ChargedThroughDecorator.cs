// As before, but what is decorated charges.
using System.Net.Http;

public interface ICharger
{
    Task<string> ChargeAsync(Guid payment, decimal amount);
}

public sealed class HttpCharger(HttpClient http) : ICharger
{
    public async Task<string> ChargeAsync(Guid payment, decimal amount)
    {
        using HttpResponseMessage response = await http.PostAsync($"/charges?amount={amount}", null);
        return await response.Content.ReadAsStringAsync();
    }
}

public sealed class LoggedCharger(ICharger inner) : ICharger
{
    public async Task<string> ChargeAsync(Guid payment, decimal amount)
    {
        Console.WriteLine(payment);
        return await inner.ChargeAsync(payment, amount);
    }
}

[TaskContract]
public interface IDecoratedCharges
{
    [Task, Idempotent]
    Task<string> ChargeAsync(Guid payment, decimal amount);
}

public sealed class DecoratedChargeWorker(ICharger charger) : IDecoratedCharges
{
    public async Task<string> ChargeAsync(Guid payment, decimal amount) => await {|TT410:charger.ChargeAsync(payment, amount)|};
}
