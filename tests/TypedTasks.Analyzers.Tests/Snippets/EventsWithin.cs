// Events of something that lives as long as the handler runs.
using System.Net.Http;

namespace Downloads;

public sealed class Download(HttpClient http) : IAsyncDisposable
{
    public event EventHandler<int>? Progressed;

    public event Action? Done;

    public async Task RunAsync(string url, CancellationToken cancellationToken)
    {
        byte[] bytes = await http.GetByteArrayAsync(url, cancellationToken);
        Progressed?.Invoke(this, bytes.Length);
        Done?.Invoke();
    }

    public ValueTask DisposeAsync()
    {
        Progressed = null;
        return ValueTask.CompletedTask;
    }
}

[TaskContract]
public interface IDownloads
{
    [Task, Idempotent] Task FetchAsync(string url, TaskContext context = null!);
}

public sealed class DownloadWorker(HttpClient http) : IDownloads
{
    public async Task FetchAsync(string url, TaskContext context)
    {
        await using Download download = new(http);
        download.Progressed += async (_, bytes) => await context.ReportAsync(bytes);
        download.Done += () => Console.WriteLine("done");
        await download.RunAsync(url, context.CancellationToken);
    }
}
