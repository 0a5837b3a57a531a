using System.Net.Http;

[TaskContract]
public interface ICrawls
{
    [Task, Idempotent]
    Task CrawlAsync(string url, int depth);
}

public static class Retries
{
    public static async Task<T> RunAsync<T>(Func<Task<T>> action)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                return await action();
            }
            catch (HttpRequestException) when (i < 3)
            {
                await Task.Delay(TimeSpan.FromSeconds(i));
            }
        }
    }
}

public sealed class CrawlWorker(HttpClient http) : ICrawls
{
    public async Task CrawlAsync(string url, int depth)
    {
        string page = await Retries.RunAsync(() => http.GetStringAsync(url));
        await Retries.RunAsync(() => {|TT410:http.PostAsync("/found", new StringContent(page))|});
        await {|TT410:VisitAsync(url, depth)|};
    }

    private async Task VisitAsync(string url, int depth)
    {
        if (depth > 0)
        {
            await FollowAsync(url, depth - 1);
        }
    }

    private async Task FollowAsync(string url, int depth)
    {
        await http.PostAsync("/visited", new StringContent(url));
        await VisitAsync(url, depth);
    }
}
