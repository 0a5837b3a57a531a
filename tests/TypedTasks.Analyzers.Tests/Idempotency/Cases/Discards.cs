using System.Net.Http;
using System.Threading.Channels;

[TaskContract]
public interface ISearch
{
    [Task, Idempotent]
    Task IndexAsync(Guid document, string[] pages);
}

public sealed class SearchWorker(HttpClient http) : ISearch
{
    public async Task IndexAsync(Guid document, string[] pages)
    {
        _ = {|TT502:http.PutAsync($"/index/{document}", null)|};
        _ = {|TT502:Task.Run(() => http.GetAsync("/warm"))|};
        Task lost = {|TT502:http.DeleteAsync($"/stale/{document}")|};
        Task<HttpResponseMessage> kept = http.GetAsync($"/documents/{document}");
        List<Task> all = [];
        foreach (string page in pages)
        {
            all.Add(http.PutAsync($"/pages/{page}", null));
        }

        await Task.WhenAll(all);
        await kept;
    }
}
