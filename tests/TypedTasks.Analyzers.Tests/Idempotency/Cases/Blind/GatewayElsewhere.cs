// A payment provider behind an interface of another project: charged with nothing, and with a key that the caller gives.
public sealed record ChargeCommand(Guid Order, decimal Amount, string? IdempotencyKey = null);

public interface IPaymentGateway
{
    Task<string> ChargeAsync(string customer, decimal amount, CancellationToken cancellationToken);

    Task<string> ChargeAsync(string customer, decimal amount, string idempotencyKey, CancellationToken cancellationToken);

    Task<string> StatusAsync(string charge, CancellationToken cancellationToken);
}

[TaskContract]
public interface IGatewayCharges
{
    [Task, Idempotent]
    ValueTask<string> ChargeAsync(Guid order, string customer, decimal amount, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    ValueTask<string> ChargeOnceAsync(Guid order, string customer, decimal amount, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    ValueTask<string> ChargeUnderFreshKeyAsync(Guid order, string customer, decimal amount, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    ValueTask<string> StatusAsync(string charge, CancellationToken cancellationToken = default);
}

public sealed class GatewayChargeWorker(IPaymentGateway gateway) : IGatewayCharges
{
    public async ValueTask<string> ChargeAsync(Guid order, string customer, decimal amount, CancellationToken cancellationToken) =>
        await {|TT410:gateway.ChargeAsync(customer, amount, cancellationToken)|};

    public async ValueTask<string> ChargeOnceAsync(Guid order, string customer, decimal amount, CancellationToken cancellationToken) =>
        await gateway.ChargeAsync(customer, amount, $"order-{order}", cancellationToken);

    public async ValueTask<string> ChargeUnderFreshKeyAsync(Guid order, string customer, decimal amount, CancellationToken cancellationToken)
    {
        string key = Guid.NewGuid().ToString("N");
        return await {|TT418:gateway.ChargeAsync(customer, amount, key, cancellationToken)|};
    }

    public async ValueTask<string> StatusAsync(string charge, CancellationToken cancellationToken) => await gateway.StatusAsync(charge, cancellationToken);
}
