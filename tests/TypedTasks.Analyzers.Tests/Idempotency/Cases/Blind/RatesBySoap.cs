// A service of the old kind that only answers; what it answers is cached for a while.
using System.ServiceModel;
using Microsoft.Extensions.Caching.Distributed;

[ServiceContract]
public interface IRatesPort
{
    [OperationContract(Action = "urn:GetRate")]
    Task<decimal> GetRateAsync(string from, string to);
}

public sealed class RatesPortClient : ClientBase<IRatesPort>, IRatesPort
{
    public Task<decimal> GetRateAsync(string from, string to) => Channel.GetRateAsync(from, to);
}

[TaskContract]
public interface IRateCaching
{
    [Task, Idempotent]
    Task WarmAsync(string from, string to, CancellationToken cancellationToken = default);
}

public sealed class RateCachingWorker(RatesPortClient port, IDistributedCache cache) : IRateCaching
{
    public async Task WarmAsync(string from, string to, CancellationToken cancellationToken)
    {
        decimal rate = await port.GetRateAsync(from, to);
        await cache.SetStringAsync($"rate:{from}:{to}", rate.ToString(System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
    }
}
