// Two buses at once, as a house has them in the middle of a migration.
using Rebus.Bus;
using Wolverine;

public sealed record CloseTicket(Guid Ticket);

public sealed record TicketAnswered(Guid Ticket, string Agent);

public sealed record ScoreAgent(string Agent, Guid Ticket);

[TaskContract]
public interface IHelpdesk
{
    [Task, Idempotent]
    Task AnsweredAsync(Guid ticket, string agent, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ScoredAsync(Guid ticket, string agent, CancellationToken cancellationToken = default);
}

public sealed class HelpdeskWorker(IBus bus, IMessageBus messages) : IHelpdesk
{
    public async Task AnsweredAsync(Guid ticket, string agent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await {|TT416:bus.Defer(TimeSpan.FromDays(3), new CloseTicket(ticket))|};
        await {|TT416:bus.Advanced.Topics.Publish("tickets.answered", new TicketAnswered(ticket, agent))|};
    }

    public async Task ScoredAsync(Guid ticket, string agent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await {|TT416:messages.SendAsync(new ScoreAgent(agent, ticket))|};
        await messages.PublishAsync(new TicketAnswered(ticket, agent), new DeliveryOptions { DeduplicationId = $"answered:{ticket:N}" });
    }
}
