using Microsoft.Extensions.Logging;

public interface ILoyalty
{
    Task AwardAsync(Guid customer);
}

[TaskContract]
public interface IAwards
{
    [Task, Idempotent]
    Task AwardAsync(Guid customer);
}

public sealed class AwardWorker(ILoyalty loyalty, ILogger<AwardWorker> log) : IAwards
{
    public async Task AwardAsync(Guid customer)
    {
        log.LogInformation("Awarding {Customer}", customer);
        await {|TT445:loyalty.AwardAsync(customer)|};
    }
}
