using Stripe;

[TaskContract]
public interface ICharges
{
    [Task, Idempotent]
    Task ChargeAsync(Guid order, long cents);
}

public sealed class ChargeWorker(ChargeService charges) : ICharges
{
    public async Task ChargeAsync(Guid order, long cents)
    {
        ChargeCreateOptions options = new() { Amount = cents, Customer = "cus_1" };
        await charges.CreateAsync(options, new RequestOptions { IdempotencyKey = $"charge-{order}" });
        await {|TT410:charges.CreateAsync(options)|};
    }
}
