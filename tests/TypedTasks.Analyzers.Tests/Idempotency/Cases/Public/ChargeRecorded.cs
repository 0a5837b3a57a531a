// A payment provider's webhook: the row of the charge is looked for by the provider's number before one is made.
using Microsoft.Extensions.Logging;

public sealed class GatewayTransaction
{
    public Guid Id { get; set; }
    public string GatewayId { get; set; } = "";
    public decimal Amount { get; set; }
}

public interface IGatewayTransactionRepository
{
    Task<GatewayTransaction?> GetByGatewayIdAsync(string id);
    Task<GatewayTransaction> CreateAsync(GatewayTransaction transaction);
}

[TaskContract]
public interface ICharges2
{
    [Task, Idempotent]
    Task RecordAsync(string charge, decimal amount);
}

public sealed class ChargeRecorder(IGatewayTransactionRepository transactions, ILogger<ChargeRecorder> log) : ICharges2
{
    public async Task RecordAsync(string charge, decimal amount)
    {
        GatewayTransaction? existing = await transactions.GetByGatewayIdAsync(charge);
        if (existing is not null)
        {
            log.LogInformation("{Charge} was recorded already", charge);
            return;
        }

        await transactions.CreateAsync(new GatewayTransaction { GatewayId = charge, Amount = amount });
    }
}
