// Lines are added to the day's export, page by page.
using System.IO;
using System.Net.Http;
using System.Net.Http.Json;

public sealed record ExportPage(string[] Lines, int? Next);

[TaskContract]
public interface ILineExports
{
    [Task, Idempotent]
    Task AppendAsync(string file, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ReplaceAsync(string file, CancellationToken cancellationToken = default);
}

public sealed class LineExportWorker(HttpClient http) : ILineExports
{
    public async Task AppendAsync(string file, CancellationToken cancellationToken)
    {
        await using FileStream stream = {|TT413:new FileStream(file, FileMode.Append, FileAccess.Write)|};
        await using StreamWriter writer = new(stream);
        await foreach (string line in LinesAsync(cancellationToken))
        {
            await writer.WriteLineAsync(line);
        }
    }

    public async Task ReplaceAsync(string file, CancellationToken cancellationToken)
    {
        await using StreamWriter writer = new(file, append: false);
        await foreach (string line in LinesAsync(cancellationToken))
        {
            await writer.WriteLineAsync(line);
        }
    }

    private async IAsyncEnumerable<string> LinesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int? page = 0; page is not null;)
        {
            ExportPage? read = await http.GetFromJsonAsync<ExportPage>($"/lines?page={page}", cancellationToken);
            foreach (string line in read?.Lines ?? [])
            {
                yield return line;
            }

            page = read?.Next;
        }
    }
}
