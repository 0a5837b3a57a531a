// Formats behind an abstract class: each writes the file anew under the name that it makes of the arguments.
using System.IO;
using System.Text.Json;

public abstract class Exporter
{
    public async Task ExportAsync(string name, IReadOnlyList<string> rows, CancellationToken cancellationToken)
    {
        string path = Path.ChangeExtension(Path.Combine("exports", name), Extension);
        await using FileStream file = File.Create(path);
        await WriteAsync(file, rows, cancellationToken);
    }

    protected abstract string Extension { get; }

    protected abstract Task WriteAsync(Stream file, IReadOnlyList<string> rows, CancellationToken cancellationToken);
}

public sealed class JsonExporter : Exporter
{
    protected override string Extension => ".json";

    protected override Task WriteAsync(Stream file, IReadOnlyList<string> rows, CancellationToken cancellationToken) => JsonSerializer.SerializeAsync(file, rows, cancellationToken: cancellationToken);
}

public sealed class TextExporter : Exporter
{
    protected override string Extension => ".txt";

    protected override async Task WriteAsync(Stream file, IReadOnlyList<string> rows, CancellationToken cancellationToken)
    {
        await using StreamWriter writer = new(file, leaveOpen: true);
        foreach (string row in rows)
        {
            await writer.WriteLineAsync(row.AsMemory(), cancellationToken);
        }
    }
}

[TaskContract]
public interface IFormatExports
{
    [Task, Idempotent]
    Task ExportAsync(string name, bool asText, string[] rows, CancellationToken cancellationToken = default);
}

public sealed class FormatExportWorker : IFormatExports
{
    private static readonly Exporter Json = new JsonExporter();
    private static readonly Exporter Text = new TextExporter();

    public Task ExportAsync(string name, bool asText, string[] rows, CancellationToken cancellationToken)
    {
        Exporter exporter = asText ? Text : Json;
        return exporter.ExportAsync(name, rows, cancellationToken);
    }
}
