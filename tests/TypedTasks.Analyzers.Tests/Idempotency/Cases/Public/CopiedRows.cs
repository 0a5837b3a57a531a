// A template's rows are copied to a new owner, each as a new row.
using Microsoft.EntityFrameworkCore;

public sealed class Checklist
{
    public int Id { get; set; }
    public int Owner { get; set; }
    public string Text { get; set; } = "";
}

public sealed class ChecklistContext : DbContext
{
    public DbSet<Checklist> Items => Set<Checklist>();
}

[TaskContract]
public interface IChecklists
{
    [Task, Idempotent]
    Task CopyAsync(int from, int to, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task MoveAsync(int from, int to, CancellationToken cancellationToken = default);
}

public sealed class ChecklistWorker(ChecklistContext context) : IChecklists
{
    public async Task CopyAsync(int from, int to, CancellationToken cancellationToken)
    {
        List<Checklist> items = await context.Items.Where(one => one.Owner == from).ToListAsync(cancellationToken);
        IEnumerable<Checklist> copies = items.Select(item => new Checklist { Owner = to, Text = item.Text });
        {|TT411:context.AddRange(copies)|};
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task MoveAsync(int from, int to, CancellationToken cancellationToken)
    {
        foreach (Checklist item in context.Items.Where(one => one.Owner == from).ToList())
        {
            item.Owner = to;
        }

        await context.SaveChangesAsync(cancellationToken);
    }
}
