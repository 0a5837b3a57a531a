// Every call to Stripe has a key of the task's id and the step's name, by an extension.
using Stripe;

public static class StripeKeys
{
    public static RequestOptions Keyed(this TaskContext context, string step) => new() { IdempotencyKey = string.Join('/', context.Id, step) };
}

[TaskContract]
public interface IStripeRefunds
{
    [Task, Idempotent]
    Task RefundAsync(string intent, long cents, string account, TaskContext context, CancellationToken cancellationToken = default);
}

public sealed class StripeRefundWorker(RefundService refunds, TransferService transfers) : IStripeRefunds
{
    public async Task RefundAsync(string intent, long cents, string account, TaskContext context, CancellationToken cancellationToken)
    {
        await refunds.CreateAsync(new RefundCreateOptions(), context.Keyed("refund"), cancellationToken);
        await transfers.CreateAsync(new TransferCreateOptions { Amount = cents, Currency = "eur", Destination = account }, context.Keyed("transfer"), cancellationToken);
    }
}
