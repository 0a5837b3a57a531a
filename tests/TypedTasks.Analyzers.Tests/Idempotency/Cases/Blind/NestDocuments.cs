// The elder client: the id comes of the document's property Id, or of the descriptor.
using Nest;

public sealed class LogDocument
{
    public DateTimeOffset At { get; set; }
    public string Text { get; set; } = "";
}

public sealed class ProductDocument
{
    public string Id { get; set; } = "";
    public string Title { get; set; } = "";
}

[TaskContract]
public interface IElderIndex
{
    [Task, Idempotent]
    Task LogAsync(string text, DateTimeOffset at, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task StoreAsync(string product, string title, CancellationToken cancellationToken = default);
}

public sealed class ElderIndexWorker : IElderIndex
{
    private readonly IElasticClient _client;

    public ElderIndexWorker(IElasticClient client) => _client = client;

    public async Task LogAsync(string text, DateTimeOffset at, CancellationToken cancellationToken) =>
        await {|TT411:_client.IndexDocumentAsync(new LogDocument { At = at, Text = text }, cancellationToken)|};

    public async Task StoreAsync(string product, string title, CancellationToken cancellationToken) =>
        await _client.IndexDocumentAsync(new ProductDocument { Id = product, Title = title }, cancellationToken);
}
