using System.Net.Http;
using System.Net.Http.Json;

[TaskContract]
public interface IReports
{
    [Task, Idempotent]
    Task BuildAsync(string index);
}

public sealed class ReportWorker(HttpClient http) : IReports
{
    public async Task BuildAsync(string index)
    {
        HttpResponseMessage hits = await http.PostAsJsonAsync($"/{index}/_search", new { size = 100 });
        HttpResponseMessage data = await http.PostAsync("https://api.example.com/graphql", new StringContent("{ orders { id } }"));
        await http.PutAsync($"/reports/{index}", hits.Content);
        _ = data.StatusCode;
    }
}
