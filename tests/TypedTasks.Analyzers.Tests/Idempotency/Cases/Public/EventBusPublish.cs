// Events over a bus of one's own, whose code is elsewhere; published twice, they are handled twice.
public abstract record BusEvent;

public sealed record PaymentSucceeded(int Order) : BusEvent;

public sealed record PaymentFailed(int Order) : BusEvent;

public interface IEventBus
{
    Task PublishAsync(BusEvent one, CancellationToken cancellationToken);
}

[TaskContract]
public interface ISimulatedPayments
{
    [Task, Idempotent]
    Task PayAsync(int order, bool succeeds, CancellationToken cancellationToken = default);
}

public sealed class SimulatedPaymentWorker(IEventBus bus) : ISimulatedPayments
{
    public async Task PayAsync(int order, bool succeeds, CancellationToken cancellationToken)
    {
        BusEvent outcome = succeeds ? new PaymentSucceeded(order) : new PaymentFailed(order);
        await {|TT416:bus.PublishAsync(outcome, cancellationToken)|};
    }
}
