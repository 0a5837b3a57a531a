// A minimal retry of one's own around a call that may be repeated, in a helper that takes the work.
using System.Net.Http;

public static class Trying
{
    public static async Task<T> AgainAsync<T>(int times, Func<Task<T>> work)
    {
        for (int i = 1; ; i++)
        {
            try
            {
                return await work();
            }
            catch (HttpRequestException) when (i < times)
            {
                await Task.Delay(50 * i);
            }
        }
    }
}

[TaskContract]
public interface ITriedUploads
{
    [Task, Idempotent]
    Task UploadAsync(Guid file, string text, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task AnnounceAsync(Guid file, CancellationToken cancellationToken = default);
}

public sealed class TriedUploadWorker(HttpClient http) : ITriedUploads
{
    public async Task UploadAsync(Guid file, string text, CancellationToken cancellationToken) =>
        (await Trying.AgainAsync(3, () => http.PutAsync($"/files/{file}", new StringContent(text), cancellationToken))).EnsureSuccessStatusCode();

    public async Task AnnounceAsync(Guid file, CancellationToken cancellationToken) =>
        (await Trying.AgainAsync(3, () => {|TT410:http.PostAsync($"/announcements?file={file}", null, cancellationToken)|})).EnsureSuccessStatusCode();
}
