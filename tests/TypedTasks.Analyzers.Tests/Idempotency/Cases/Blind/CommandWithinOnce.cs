// A command of a mediator within a scope: whatever its handler does, it does once.
using MediatR;
using SendGrid;
using SendGrid.Helpers.Mail;

public sealed record GreetGuest(Guid Guest) : IRequest;

public sealed class GreetGuestHandler(ISendGridClient mails) : IRequestHandler<GreetGuest>
{
    public Task Handle(GreetGuest request, CancellationToken cancellationToken) => mails.SendEmailAsync(new SendGridMessage { Subject = request.Guest.ToString() }, cancellationToken);
}

[TaskContract]
public interface IGuests
{
    [Task, Idempotent]
    Task GreetAsync(Guid guest, TaskContext context);
}

public sealed class GuestWorker(IMediator mediator) : IGuests
{
    public async Task GreetAsync(Guid guest, TaskContext context) =>
        await context.OnceAsync($"greet:{guest}", async token => await mediator.Send(new GreetGuest(guest), token));
}
