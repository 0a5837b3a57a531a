// A person is made nobody: values that are the same every time, rows and files that are gone.
using System.IO;
using Microsoft.EntityFrameworkCore;

public sealed class Visitor
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public string? Mail { get; set; }
    public DateTimeOffset? ErasedAt { get; set; }
}

public sealed class VisitorNote
{
    public long Id { get; set; }
    public Guid Visitor { get; set; }
}

public sealed class VisitorContext : DbContext
{
    public DbSet<Visitor> Visitors => Set<Visitor>();
    public DbSet<VisitorNote> Notes => Set<VisitorNote>();
}

[TaskContract]
public interface IAnonymisations
{
    [Task, Idempotent]
    Task AnonymiseAsync(Guid visitor, TaskContext context, CancellationToken cancellationToken = default);
}

public sealed class AnonymisationWorker(VisitorContext visitors) : IAnonymisations
{
    public async Task AnonymiseAsync(Guid visitor, TaskContext context, CancellationToken cancellationToken)
    {
        await visitors.Notes.Where(note => note.Visitor == visitor).ExecuteDeleteAsync(cancellationToken);
        await visitors.Visitors.Where(one => one.Id == visitor).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.Name, "—").SetProperty(one => one.Mail, (string?)null).SetProperty(one => one.ErasedAt, context.EnqueuedAt),
            cancellationToken);
        string folder = Path.Combine("uploads", visitor.ToString("N"));
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
