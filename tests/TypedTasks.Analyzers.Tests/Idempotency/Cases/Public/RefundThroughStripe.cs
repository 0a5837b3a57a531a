// A refund by webhook: who gives no key may refund twice.
using Stripe;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface IRefunds
{
    [Task, Idempotent]
    Task RefundAsync(string charge, long amount, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task RefundOnceAsync(string charge, long amount, TaskContext context);
}

public sealed class RefundWorker(RefundService refunds, InvoiceItemService items, ILogger<RefundWorker> log) : IRefunds
{
    public async Task RefundAsync(string charge, long amount, CancellationToken cancellationToken)
    {
        Refund refund = await {|TT410:refunds.CreateAsync(new RefundCreateOptions { Charge = charge, Amount = amount }, cancellationToken: cancellationToken)|};
        log.LogInformation("Refunded {Charge} by {Refund}", charge, refund.Id);
        await {|TT410:items.CreateAsync(new InvoiceItemCreateOptions { Customer = charge, Amount = -amount }, cancellationToken: cancellationToken)|};
    }

    public async Task RefundOnceAsync(string charge, long amount, TaskContext context)
    {
        RequestOptions options = new() { IdempotencyKey = $"refund-{context.Id}" };
        await refunds.CreateAsync(new RefundCreateOptions { Charge = charge, Amount = amount }, options, context.CancellationToken);
    }
}
