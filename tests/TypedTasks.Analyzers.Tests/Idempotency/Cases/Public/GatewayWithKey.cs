// Somebody else's gateway, known by its name only; nothing is known of what it does.
public interface IPaymentGateway
{
    Task<string> AuthorizeAsync(Guid order, decimal amount, string idempotencyKey);
}

public interface IFraudService
{
    Task<bool> IsSuspiciousAsync(Guid order);
}

[TaskContract]
public interface IAuthorizations
{
    [Task, Idempotent]
    Task<string> AuthorizeAsync(Guid order, decimal amount);
}

public sealed class AuthorizationWorker(IPaymentGateway gateway, IFraudService fraud) : IAuthorizations
{
    public async Task<string> AuthorizeAsync(Guid order, decimal amount)
    {
        if (await fraud.IsSuspiciousAsync(order))
        {
            throw new InvalidOperationException($"{order} is suspicious");
        }

        return await gateway.AuthorizeAsync(order, amount, $"auth-{order}");
    }
}
