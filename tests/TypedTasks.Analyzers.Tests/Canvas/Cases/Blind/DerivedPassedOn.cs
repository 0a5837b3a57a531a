// What is rendered is a document, and a task that takes any document is not given it; beside it one that is.
namespace Archive;

public record Document(Guid Id);

public sealed record Pdf(Guid Id, int Pages) : Document(Id);

[TaskContract]
public interface IDocuments
{
    [Task, Idempotent] Task<Pdf> RenderAsync(Guid id);
    [Task, Idempotent] Task StoreAsync(Document document, string folder);
    [Task, Idempotent] Task<int> StampAsync(Pdf pdf, DateOnly day);
    [Task, Idempotent] Task IndexAsync(long pages);
}

public class Archivist(ITaskCanvas canvas, ILookup<Guid, string> folders)
{
    public async Task ArchiveAsync(IAsyncEnumerable<Guid> ids, DateOnly? stamped)
    {
        await foreach (Guid id in ids)
        {
            TaskChain<Pdf> rendered = Canvas.Chain(DocumentsTasks.Render(id));
            foreach (string folder in folders[id])
            {
                await canvas.EnqueueAsync(rendered.Then({|TT801:DocumentsTasks.StoreLink(folder)|}));
            }

            if (stamped is { } day)
            {
                await canvas.EnqueueAsync(rendered.Then(DocumentsTasks.StampLink(day)).Then({|TT801:DocumentsTasks.IndexLink()|}));
            }
        }
    }
}
