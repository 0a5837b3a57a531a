// A batch of prompts is created at the provider, and billed; a question alone is only answered.
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;

public sealed class ModelApi(HttpClient http)
{
    public async Task<T?> CallAsync<T>(string path, object body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "…");
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<T>(cancellationToken);
    }
}

public sealed record PromptBatch(string Id);

[TaskContract]
public interface IPromptBatches
{
    [Task, Idempotent]
    Task<string> StartAsync(string file, CancellationToken cancellationToken = default);
}

public sealed class PromptBatchWorker(ModelApi models) : IPromptBatches
{
    public async Task<string> StartAsync(string file, CancellationToken cancellationToken)
    {
        PromptBatch? batch = await {|TT410:models.CallAsync<PromptBatch>("/v1/batches", new { input_file_id = file, endpoint = "/v1/responses" }, cancellationToken)|};
        return batch?.Id ?? "";
    }
}
