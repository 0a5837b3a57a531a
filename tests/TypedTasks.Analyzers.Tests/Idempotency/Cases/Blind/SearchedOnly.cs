// POST requests that only ask.
using System.Net.Http;
using System.Net.Http.Json;

[TaskContract]
public interface ISearchReports
{
    [Task, Idempotent]
    Task<int> ReportAsync(string text, CancellationToken cancellationToken = default);
}

public sealed class SearchReportWorker(HttpClient http) : ISearchReports
{
    private const string Query = "query($text: String!) { items(text: $text) { id } }";

    public async Task<int> ReportAsync(string text, CancellationToken cancellationToken)
    {
        using HttpResponseMessage first = await http.PostAsJsonAsync("https://api.test/graphql", new { query = Query, variables = new { text } }, cancellationToken);
        using HttpResponseMessage second = await http.PostAsJsonAsync("/items/_search", new { text }, cancellationToken);
        using HttpRequestMessage head = new(HttpMethod.Head, "/items");
        using HttpResponseMessage third = await http.SendAsync(head, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return (int)first.StatusCode + (int)second.StatusCode + (int)third.StatusCode;
    }
}
