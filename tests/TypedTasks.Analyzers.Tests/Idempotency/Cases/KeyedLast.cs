using System.Net.Http;

public sealed record Charge(Guid Order, decimal Amount);

[TaskContract]
public interface ICharges
{
    [Task, Idempotent(Key = nameof(order))]
    Task ChargeAsync(Guid order);
}

public sealed class ChargeWorker(HttpClient http) : ICharges
{
    public async Task ChargeAsync(Guid order)
    {
        string state = await http.GetStringAsync($"/orders/{order}");
        using StringContent body = new(state);
        await {|TT422:http.PostAsync("/charges", body)|};
    }
}
