// A model is asked, by its client and by plain HTTP; what it says is stored under the document's name.
using System.IO;
using System.Net.Http;
using System.Net.Http.Json;
using OpenAI.Chat;

public sealed record Embedding(float[] Vector);

[TaskContract]
public interface ISummaries
{
    [Task, Idempotent]
    Task SummariseAsync(Guid document, string text, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task<float[]> EmbedAsync(string text, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task<string> AskAsync(string text, CancellationToken cancellationToken = default);
}

public sealed class SummaryWorker(ChatClient chat, HttpClient http) : ISummaries
{
    public async Task SummariseAsync(Guid document, string text, CancellationToken cancellationToken)
    {
        ChatCompletion completion = await chat.CompleteChatAsync(["Summarise in three sentences.", text], cancellationToken);
        await File.WriteAllTextAsync(Path.Combine("summaries", $"{document:N}.txt"), completion.Content[0].Text, cancellationToken);
    }

    public async Task<float[]> EmbedAsync(string text, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync("/v1/embeddings", new { model = "text-embedding-3-small", input = text }, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<Embedding>(cancellationToken))!.Vector;
    }

    public async Task<string> AskAsync(string text, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync("https://api.openai.com/v1/chat/completions", new { model = "gpt", messages = new[] { new { role = "user", content = text } } }, cancellationToken);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
    }
}
