// The results of tasks that were awaited together.
using System.Net.Http;

public sealed class LegacyReports(HttpClient http)
{
    public async Task<string> JoinAsync(int one, int other)
    {
        Task<string> first = http.GetStringAsync($"/reports/{one}");
        Task<string> second = http.GetStringAsync($"/reports/{other}");
        await Task.WhenAll(first, second);
        return first.Result + second.Result;
    }
}

[TaskContract]
public interface IJoinedReports
{
    [Task, Idempotent]
    Task<string> JoinAsync(int one, int other);
}

public sealed class JoinedReportWorker(LegacyReports reports) : IJoinedReports
{
    public Task<string> JoinAsync(int one, int other) => reports.JoinAsync(one, other);
}
