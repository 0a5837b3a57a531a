// Statistics sent home with Flurl; whatever goes wrong is logged, and the day's statistics are lost.
using System.Net.Http;
using Flurl.Http;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface IUsageStatistics
{
    [Task, Idempotent]
    Task SendAsync(string installation, int users, CancellationToken cancellationToken = default);
}

public sealed class UsageStatisticsWorker(ILogger<UsageStatisticsWorker> log) : IUsageStatistics
{
    private const string Address = "https://stats.example.com";

    public async Task SendAsync(string installation, int users, CancellationToken cancellationToken)
    {
        try
        {
            IFlurlResponse response = await {|TT410:(Address + "/api/v2/stats")
                .WithHeader("Accept", "application/json")
                .WithHeader("x-install", installation)
                .PostJsonAsync(new { installation, users }, cancellationToken)|};
            if (response.StatusCode != 200)
            {
                log.LogError("The server answered {Status}", response.StatusCode);
            }
        }
        catch (HttpRequestException e)
        {
            log.LogError(e, "The server did not answer");
        }
        catch {|TT506:(Exception e)|}
        {
            log.LogError(e, "Statistics were not sent");
        }
    }
}
