// Files by name: read, changed in memory, and written whole.
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;

[TaskContract]
public interface ILocaleFiles
{
    [Task, Idempotent]
    Task SetAsync(string language, string key, string text, CancellationToken cancellationToken = default);
}

public sealed class LocaleFileWorker : ILocaleFiles
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public async Task SetAsync(string language, string key, string text, CancellationToken cancellationToken)
    {
        string path = Path.Combine("locales", $"{language}.json");
        JsonObject all = File.Exists(path) ? JsonNode.Parse(await File.ReadAllTextAsync(path, cancellationToken))!.AsObject() : [];
        all[key] = text;
        string temporary = Path.GetTempFileName();
        await using (FileStream stream = new(temporary, FileMode.Create))
        {
            await JsonSerializer.SerializeAsync(stream, all, Indented, cancellationToken);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
