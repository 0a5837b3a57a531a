// A command with an answer, sent by the narrow interface; its handler adds a row.
using MediatR;
using Microsoft.EntityFrameworkCore;

public sealed class Ticket
{
    public int Id { get; set; }
    public string Text { get; set; } = "";
}

public sealed class TicketContext : DbContext
{
    public DbSet<Ticket> Tickets => Set<Ticket>();
}

public sealed record OpenTicket(string Text) : IRequest<int>;

public sealed record TicketOf(int Number) : IRequest<string?>;

public sealed class OpenTicketHandler(TicketContext context) : IRequestHandler<OpenTicket, int>
{
    public async Task<int> Handle(OpenTicket request, CancellationToken cancellationToken)
    {
        Ticket ticket = new() { Text = request.Text };
        context.Tickets.Add(ticket);
        await context.SaveChangesAsync(cancellationToken);
        return ticket.Id;
    }
}

public sealed class TicketOfHandler(TicketContext context) : IRequestHandler<TicketOf, string?>
{
    public async Task<string?> Handle(TicketOf request, CancellationToken cancellationToken) =>
        (await context.Tickets.FirstOrDefaultAsync(one => one.Id == request.Number, cancellationToken))?.Text;
}

[TaskContract]
public interface ITickets
{
    [Task, Idempotent]
    ValueTask<int> OpenAsync(string text, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    ValueTask<int> MeasureAsync(int number, CancellationToken cancellationToken = default);
}

public sealed class TicketWorker(ISender sender) : ITickets
{
    public async ValueTask<int> OpenAsync(string text, CancellationToken cancellationToken) => await {|TT411:sender.Send(new OpenTicket(text), cancellationToken)|};

    public async ValueTask<int> MeasureAsync(int number, CancellationToken cancellationToken)
    {
        string? text = await sender.Send(new TicketOf(number), cancellationToken);
        return text?.Length ?? 0;
    }
}
