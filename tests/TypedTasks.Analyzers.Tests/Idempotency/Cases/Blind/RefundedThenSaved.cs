// A task under a key refunds, then saves; and another one refunds as its last step.
using Microsoft.EntityFrameworkCore;
using Stripe;

public sealed class ReturnedParcel
{
    public Guid Id { get; set; }
    public string Charge { get; set; } = "";
    public long Cents { get; set; }
    public string? Refund { get; set; }
}

public sealed class ReturnContext : DbContext
{
    public DbSet<ReturnedParcel> Returns => Set<ReturnedParcel>();
}

[TaskContract]
public interface IReturns
{
    [Task, Idempotent(Key = nameof(parcel))]
    Task RefundAsync(Guid parcel, CancellationToken cancellationToken = default);

    [Task, Idempotent(Key = nameof(parcel))]
    Task GoodwillAsync(Guid parcel, long cents, CancellationToken cancellationToken = default);
}

public sealed class ReturnWorker(ReturnContext context, RefundService refunds) : IReturns
{
    public async Task RefundAsync(Guid parcel, CancellationToken cancellationToken)
    {
        ReturnedParcel found = await context.Returns.SingleAsync(one => one.Id == parcel, cancellationToken);
        Refund refund = await {|TT423:refunds.CreateAsync(new RefundCreateOptions { Charge = found.Charge, Amount = found.Cents }, cancellationToken: cancellationToken)|};
        found.Refund = refund.Id;
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task GoodwillAsync(Guid parcel, long cents, CancellationToken cancellationToken)
    {
        string charge = (await context.Returns.SingleAsync(one => one.Id == parcel, cancellationToken)).Charge;
        await {|TT422:refunds.CreateAsync(new RefundCreateOptions { Charge = charge, Amount = cents }, cancellationToken: cancellationToken)|};
    }
}
