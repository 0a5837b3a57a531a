// Documents without an id, which the store makes for them, and documents with one.
using Marten;
using Raven.Client.Documents.Session;

public sealed class Sample
{
    public Guid Id { get; set; }
    public string Text { get; set; } = "";
}

public sealed class Note
{
    public string Id { get; set; } = "";
    public string Text { get; set; } = "";
}

public sealed class FixedNote
{
    public string Id { get; set; } = "notes/of-the-day";
    public string Text { get; set; } = "";
}

[TaskContract]
public interface INumberedDocuments
{
    [Task, Idempotent]
    Task MartenAsync(Guid sample, string text);

    [Task, Idempotent]
    Task RavenAsync(string note, string text);
}

public sealed class NumberedDocumentWorker(IDocumentSession marten, IAsyncDocumentSession raven) : INumberedDocuments
{
    public async Task MartenAsync(Guid sample, string text)
    {
        marten.Store(new Sample { Id = sample, Text = text });
        {|TT411:marten.Store(new Sample { Text = text })|};
        await marten.SaveChangesAsync();
    }

    public async Task RavenAsync(string note, string text)
    {
        await raven.StoreAsync(new Note { Id = note, Text = text });
        await raven.StoreAsync(new FixedNote { Text = text });
        Note loaded = await raven.LoadAsync<Note>(note) ?? throw new InvalidOperationException("No note");
        await raven.StoreAsync(loaded);
        await {|TT411:raven.StoreAsync(new Note { Text = text })|};
        await raven.SaveChangesAsync();
    }
}
