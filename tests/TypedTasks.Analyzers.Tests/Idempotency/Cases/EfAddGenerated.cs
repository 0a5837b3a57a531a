using Microsoft.EntityFrameworkCore;

public sealed class Note
{
    public int Id { get; set; }
    public Guid OrderId { get; set; }
    public string Text { get; set; } = "";
}

public sealed class Shop : DbContext
{
    public DbSet<Note> Notes => Set<Note>();
}

[TaskContract]
public interface INotes
{
    [Task, Idempotent]
    Task AddAsync(Guid orderId, string text);
}

public sealed class NoteWorker(Shop shop) : INotes
{
    public async Task AddAsync(Guid orderId, string text)
    {
        {|TT411:shop.Notes.Add(new Note { OrderId = orderId, Text = text })|};
        await shop.SaveChangesAsync();
    }
}
