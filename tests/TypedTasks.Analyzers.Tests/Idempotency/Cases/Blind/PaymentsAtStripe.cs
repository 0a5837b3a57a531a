// Stripe is asked to charge without a key, and to transfer under a key that is new every time.
using Microsoft.Extensions.Logging;
using Stripe;

[TaskContract]
public interface IStripePayments
{
    [Task, Idempotent]
    Task<string> ChargeAsync(Guid order, string customer, long cents, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task PayOutAsync(Guid payout, string account, long cents, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task PayOutOnceAsync(Guid payout, string account, long cents, CancellationToken cancellationToken = default);
}

public sealed class StripePaymentWorker(PaymentIntentService intents, TransferService transfers, ILogger<StripePaymentWorker> log) : IStripePayments
{
    public async Task<string> ChargeAsync(Guid order, string customer, long cents, CancellationToken cancellationToken)
    {
        PaymentIntentCreateOptions options = new() { Amount = cents, Currency = "eur", Customer = customer, Confirm = true };
        PaymentIntent intent = await {|TT410:intents.CreateAsync(options, cancellationToken: cancellationToken)|};
        log.LogInformation("Order {Order}: {Intent} is {Status}", order, intent.Id, intent.Status);
        return intent.Id;
    }

    public Task PayOutAsync(Guid payout, string account, long cents, CancellationToken cancellationToken)
    {
        TransferCreateOptions options = Options(account, cents);
        return {|TT418:transfers.CreateAsync(options, new RequestOptions { IdempotencyKey = Guid.NewGuid().ToString() }, cancellationToken)|};
    }

    public async Task PayOutOnceAsync(Guid payout, string account, long cents, CancellationToken cancellationToken)
    {
        RequestOptions once = new() { IdempotencyKey = $"payout-{payout:N}" };
        Transfer transfer = await transfers.CreateAsync(Options(account, cents), once, cancellationToken);
        log.LogInformation("{Payout} went out as {Transfer}", payout, transfer.Id);
    }

    private static TransferCreateOptions Options(string account, long cents) => new() { Amount = cents, Currency = "eur", Destination = account };
}
