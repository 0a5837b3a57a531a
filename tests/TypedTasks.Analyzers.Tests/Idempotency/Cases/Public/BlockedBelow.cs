// The handler awaits what it calls, and that blocks: in a class of its own, in a property, in a helper.
using System.Net.Http;

public sealed class LegacyReports(HttpClient http)
{
    public string Header => http.GetStringAsync("/header").Result;

    public void Render(int report)
    {
        string text = http.GetStringAsync($"/reports/{report}").GetAwaiter().GetResult();
        http.PutAsync($"/rendered/{report}", new StringContent(text)).Wait();
    }

    public async Task<string> JoinAsync(int one, int other)
    {
        Task<string> first = http.GetStringAsync($"/reports/{one}");
        Task<string> second = http.GetStringAsync($"/reports/{other}");
        await Task.WhenAll(first, second);
        return first.Result + second.Result;
    }
}

[TaskContract]
public interface ILegacyReports
{
    [Task, Idempotent]
    Task<string> RenderAsync(int report);

    [Task(Execution = TaskExecution.Dedicated), Idempotent]
    Task RenderAloneAsync(int report);

    [Task, Idempotent]
    Task<string> JoinAsync(int one, int other);
}

public sealed class LegacyReportWorker(LegacyReports reports) : ILegacyReports
{
    public async Task<string> RenderAsync(int report)
    {
        {|TT504:{|TT504:reports.Render(report)|}|};
        await PauseAsync();
        return {|TT504:reports.Header|};
    }

    public Task RenderAloneAsync(int report)
    {
        reports.Render(report);
        return Task.CompletedTask;
    }

    public Task<string> JoinAsync(int one, int other) => reports.JoinAsync(one, other);

    private static Task PauseAsync() => Task.CompletedTask;
}
