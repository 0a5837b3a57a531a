// The lines of a plan are removed and written anew.
using Microsoft.EntityFrameworkCore;

public sealed class PlanLine
{
    public int Id { get; set; }
    public Guid Plan { get; set; }
    public string Text { get; set; } = "";
}

public sealed class PlanContext : DbContext
{
    public DbSet<PlanLine> Lines => Set<PlanLine>();
}

[TaskContract]
public interface IPlans
{
    [Task, Idempotent]
    Task WriteAsync(Guid plan, string[] lines, CancellationToken cancellationToken = default);
}

public sealed class PlanWorker(PlanContext context) : IPlans
{
    public async Task WriteAsync(Guid plan, string[] lines, CancellationToken cancellationToken)
    {
        context.Lines.RemoveRange(context.Lines.Where(line => line.Plan == plan));
        context.Lines.AddRange(lines.Select(text => new PlanLine { Plan = plan, Text = text }));
        await context.SaveChangesAsync(cancellationToken);
    }
}
