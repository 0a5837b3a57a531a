// A job from the days before async: it waits where it stands.
using System.Net.Http;

public interface IDistributor
{
    Task<int> DistributeAsync(int notification);
}

[TaskContract]
public interface IDistribution
{
    [Task, Idempotent]
    Task DistributeAsync(int notification);

    [Task, Idempotent]
    Task PollAsync(Uri status);
}

public sealed class DistributionWorker(IDistributor distributor, HttpClient http) : IDistribution
{
    public Task DistributeAsync(int notification)
    {
        int sent = {|TT504:distributor.DistributeAsync(notification).GetAwaiter().GetResult()|};
        if (sent == 0)
        {
            {|TT505:Thread.Sleep(TimeSpan.FromSeconds(1))|};
            {|TT504:distributor.DistributeAsync(notification).Wait()|};
        }

        return Task.CompletedTask;
    }

    public async Task PollAsync(Uri status)
    {
        Task<string> first = http.GetStringAsync(status);
        Task<string> second = http.GetStringAsync(new Uri(status, "details"));
        await Task.WhenAll(first, second);
        if (first.Result != second.Result)
        {
            throw new InvalidOperationException({|TT504:http.GetStringAsync(status).Result|});
        }
    }
}
