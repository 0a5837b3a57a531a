using System.Net.Http;

[TaskContract]
public interface IFanOut
{
    [Task, Idempotent]
    Task RunAsync(List<string> urls);
}

public sealed class FanOutWorker(HttpClient http) : IFanOut
{
    public Task RunAsync(List<string> urls)
    {
        urls.ForEach({|TT501:async url => await http.GetAsync(url)|});
        {|TT501:Ping("/health")|};
        return Task.CompletedTask;
    }

    private async void Ping(string url) => await http.GetAsync(url);
}
