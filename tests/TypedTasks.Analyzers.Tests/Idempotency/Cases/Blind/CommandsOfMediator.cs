// Commands of MediatR within the project: an upsert, a state that is guarded, a message that goes out.
using Confluent.Kafka;
using MediatR;
using Microsoft.EntityFrameworkCore;

public sealed class Claim
{
    public Guid Id { get; set; }
    public string Status { get; set; } = "open";
    public decimal Amount { get; set; }
}

public sealed class ClaimContext : DbContext
{
    public DbSet<Claim> Claims => Set<Claim>();
}

public sealed record StoreClaim(Guid Claim, decimal Amount) : IRequest;

public sealed record ApproveClaim(Guid Claim) : IRequest<bool>;

public sealed record ClaimApproved(Guid Claim) : INotification;

public sealed class StoreClaimHandler(ClaimContext context) : IRequestHandler<StoreClaim>
{
    public async Task Handle(StoreClaim request, CancellationToken cancellationToken)
    {
        Claim? found = await context.Claims.FindAsync([request.Claim], cancellationToken);
        if (found is null)
        {
            found = new Claim { Id = request.Claim };
            context.Claims.Add(found);
        }

        found.Amount = request.Amount;
        await context.SaveChangesAsync(cancellationToken);
    }
}

public sealed class ApproveClaimHandler(ClaimContext context) : IRequestHandler<ApproveClaim, bool>
{
    public async Task<bool> Handle(ApproveClaim request, CancellationToken cancellationToken)
    {
        Claim found = await context.Claims.FirstAsync(one => one.Id == request.Claim, cancellationToken);
        found.Status = "approved";
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }
}

public sealed class ClaimApprovedHandler(IProducer<string, string> producer) : INotificationHandler<ClaimApproved>
{
    public Task Handle(ClaimApproved notification, CancellationToken cancellationToken) =>
        producer.ProduceAsync("claims", new Message<string, string> { Key = notification.Claim.ToString(), Value = "approved" }, cancellationToken);
}

[TaskContract]
public interface IClaims
{
    [Task, Idempotent]
    Task StoreAsync(Guid claim, decimal amount, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ApproveAsync(Guid claim, CancellationToken cancellationToken = default);
}

public sealed class ClaimWorker : IClaims
{
    private readonly IMediator _mediator;

    public ClaimWorker(IMediator mediator) => _mediator = mediator;

    public async Task StoreAsync(Guid claim, decimal amount, CancellationToken cancellationToken)
    {
        StoreClaim command = new(claim, amount);
        await _mediator.Send(command, cancellationToken);
    }

    public async Task ApproveAsync(Guid claim, CancellationToken cancellationToken)
    {
        bool isApproved = await _mediator.Send(new ApproveClaim(claim), cancellationToken);
        if (isApproved)
        {
            await {|TT416:_mediator.Publish(new ClaimApproved(claim), cancellationToken)|};
        }
    }
}
