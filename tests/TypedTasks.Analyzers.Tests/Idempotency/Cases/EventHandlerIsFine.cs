using System.Net.Http;

[TaskContract]
public interface IWatches
{
    [Task, Idempotent]
    Task WatchAsync(string folder);
}

public sealed class Watch
{
    public event EventHandler? Changed;

    public void Raise() => Changed?.Invoke(this, EventArgs.Empty);
}

public sealed class WatchWorker(HttpClient http) : IWatches
{
    public Task WatchAsync(string folder)
    {
        Watch watch = new();
        watch.Changed += async (_, _) => await http.PutAsync($"/folders/{folder}", null);
        watch.Raise();
        return Task.CompletedTask;
    }
}
