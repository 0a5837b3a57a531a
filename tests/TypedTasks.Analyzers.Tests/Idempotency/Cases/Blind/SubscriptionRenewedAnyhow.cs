// The same charge, with a key of the hour at which the attempt is made.
using Stripe;

[TaskContract]
public interface IHourlyRenewals
{
    [Task, Idempotent]
    Task RenewAsync(Guid subscription, string customer, long cents, CancellationToken cancellationToken = default);
}

public sealed class HourlyRenewalWorker(ChargeService charges, TimeProvider time) : IHourlyRenewals
{
    public async Task RenewAsync(Guid subscription, string customer, long cents, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        RequestOptions options = new() { IdempotencyKey = $"{subscription}:{now:yyyyMMddHH}" };
        await {|TT418:charges.CreateAsync(new ChargeCreateOptions { Amount = cents, Customer = customer }, options, cancellationToken)|};
    }
}
