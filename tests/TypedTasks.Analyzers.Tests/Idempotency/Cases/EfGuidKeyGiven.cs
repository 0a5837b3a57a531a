using Microsoft.EntityFrameworkCore;

public sealed class Ticket
{
    public Guid TicketId { get; set; }
    public string Text { get; set; } = "";
}

public sealed class Desk : DbContext
{
    public DbSet<Ticket> Tickets => Set<Ticket>();
}

[TaskContract]
public interface ITickets
{
    [Task, Idempotent]
    Task OpenAsync(Guid ticket, string text);
}

public sealed class TicketWorker(Desk desk) : ITickets
{
    public async Task OpenAsync(Guid ticket, string text)
    {
        if (await desk.Tickets.FindAsync(ticket) is not null)
        {
            return;
        }

        desk.Tickets.Add(new Ticket { TicketId = ticket, Text = text });
        await desk.SaveChangesAsync();
    }
}
