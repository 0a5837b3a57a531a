using System.Net.Http;
using System.Net.Mail;

[TaskContract]
public interface IDaily
{
    [Task, Idempotent]
    Task RunAsync(string name);
}

[TaskContract]
public interface INightly
{
    [Task, Idempotent]
    Task RunAsync(string name);
}

public abstract class Job
{
    public async Task RunAsync(string name)
    {
        string prepared = name.Trim();
        await {|TT410:ExecuteAsync(prepared)|};
    }

    protected abstract Task ExecuteAsync(string name);
}

public sealed class DailyJob(HttpClient http) : Job, IDaily
{
    protected override async Task ExecuteAsync(string name) => await http.PostAsync($"/jobs/{name}", null);
}

public sealed class NightlyJob(HttpClient http) : Job, INightly
{
    protected override async Task ExecuteAsync(string name) => await http.PutAsync($"/jobs/{name}", null);
}
