// A charge under a key that is made of the subscription and its period.
using Microsoft.Extensions.Logging;
using Stripe;

[TaskContract]
public interface ISubscriptionRenewals
{
    [Task, Idempotent]
    Task RenewAsync(Guid subscription, DateOnly period, string customer, long cents, CancellationToken cancellationToken = default);
}

public sealed class SubscriptionRenewalWorker : ISubscriptionRenewals
{
    private readonly ChargeService _charges;
    private readonly ILogger<SubscriptionRenewalWorker> _logger;

    public SubscriptionRenewalWorker(ChargeService charges, ILogger<SubscriptionRenewalWorker> logger)
    {
        _charges = charges;
        _logger = logger;
    }

    public async Task RenewAsync(Guid subscription, DateOnly period, string customer, long cents, CancellationToken cancellationToken)
    {
        ChargeCreateOptions options = new() { Amount = cents, Customer = customer };
        RequestOptions request = OptionsOf(subscription, period);
        Charge charge = await _charges.CreateAsync(options, request, cancellationToken);
        _logger.LogInformation("Charged {Charge} for {Subscription}", charge.Id, subscription);
    }

    private static RequestOptions OptionsOf(Guid subscription, DateOnly period) => new() { IdempotencyKey = $"renewal-{subscription:N}-{period:yyyyMM}" };
}
