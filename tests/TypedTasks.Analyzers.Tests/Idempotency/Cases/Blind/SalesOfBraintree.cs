// A sale and a refund at a gateway that is given no key; what it knows is asked for first, and not looked at.
using Braintree;

[TaskContract]
public interface IGatewaySales
{
    [Task, Idempotent]
    Task SellAsync(Guid order, string method, decimal amount);

    [Task, Idempotent]
    Task RefundAsync(string sale, decimal amount);
}

public sealed class GatewaySaleWorker(IBraintreeGateway gateway) : IGatewaySales
{
    public async Task SellAsync(Guid order, string method, decimal amount)
    {
        TransactionRequest request = new() { Amount = amount, PaymentMethodToken = method, OrderId = order.ToString("N") };
        Result<Transaction> result = await {|TT410:gateway.Transaction.SaleAsync(request)|};
        if (!result.IsSuccess())
        {
            throw new InvalidOperationException($"{order} was refused.");
        }
    }

    public async Task RefundAsync(string sale, decimal amount)
    {
        await gateway.Transaction.FindAsync(sale);
        await {|TT410:gateway.Transaction.RefundAsync(sale, amount)|};
    }
}
