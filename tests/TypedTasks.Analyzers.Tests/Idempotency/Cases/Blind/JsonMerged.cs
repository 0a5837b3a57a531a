// A document is read, one property is set, and it is put back under its name.
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

[TaskContract]
public interface IConfigurationDocuments
{
    [Task, Idempotent]
    Task SetAsync(string name, string property, string value, CancellationToken cancellationToken = default);
}

public sealed class ConfigurationDocumentWorker(HttpClient http) : IConfigurationDocuments
{
    public async Task SetAsync(string name, string property, string value, CancellationToken cancellationToken)
    {
        JsonObject document = await http.GetFromJsonAsync<JsonObject>($"configuration/{name}", cancellationToken) ?? [];
        document[property] = value;
        using HttpResponseMessage response = await http.PutAsJsonAsync($"configuration/{name}", document, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
