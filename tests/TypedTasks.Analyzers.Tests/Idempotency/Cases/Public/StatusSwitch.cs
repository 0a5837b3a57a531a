// A payment's step by its state, in the manner of a workflow written by hand.
using System.Net.Http;
using Microsoft.EntityFrameworkCore;

public enum PaymentStep
{
    Created,
    Authorized,
    Captured,
    Failed,
}

public sealed class PaymentFlow
{
    public Guid Id { get; set; }
    public PaymentStep Step { get; set; }
}

public sealed class PaymentFlows : DbContext
{
    public DbSet<PaymentFlow> Flows => Set<PaymentFlow>();
}

[TaskContract]
public interface IPaymentFlows
{
    [Task, Idempotent]
    Task AdvanceAsync(Guid flow, CancellationToken cancellationToken = default);
}

public sealed class PaymentFlowWorker(PaymentFlows flows, HttpClient http) : IPaymentFlows
{
    public async Task AdvanceAsync(Guid flow, CancellationToken cancellationToken)
    {
        PaymentFlow found = await flows.Flows.FirstAsync(one => one.Id == flow, cancellationToken);
        switch (found.Step)
        {
            case PaymentStep.Created:
                await http.PostAsync($"/payments/{flow}/authorize", null, cancellationToken);
                found.Step = PaymentStep.Authorized;
                break;
            case PaymentStep.Authorized:
                await http.PostAsync($"/payments/{flow}/capture", null, cancellationToken);
                found.Step = PaymentStep.Captured;
                break;
            case PaymentStep.Captured or PaymentStep.Failed:
                return;
            default:
                throw new InvalidOperationException($"{found.Step} is unknown");
        }

        await flows.SaveChangesAsync(cancellationToken);
    }
}
