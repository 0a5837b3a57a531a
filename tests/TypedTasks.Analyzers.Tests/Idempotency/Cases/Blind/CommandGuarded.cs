// A mediator's command whose handler looks at the state before it does anything.
using MediatR;
using Microsoft.EntityFrameworkCore;

public sealed class Trial
{
    public Guid Id { get; set; }
    public bool ReminderSent { get; set; }
    public string Address { get; set; } = "";
}

public sealed class TrialContext : DbContext
{
    public DbSet<Trial> Trials => Set<Trial>();
}

public interface ITrialMailer
{
    Task SendEndingAsync(string address, CancellationToken cancellationToken);
}

public sealed record RemindTrial(Guid Trial) : IRequest;

public sealed class RemindTrialHandler(TrialContext context, ITrialMailer mailer) : IRequestHandler<RemindTrial>
{
    public async Task Handle(RemindTrial request, CancellationToken cancellationToken)
    {
        Trial trial = await context.Trials.SingleAsync(one => one.Id == request.Trial, cancellationToken);
        if (trial.ReminderSent)
        {
            return;
        }

        await mailer.SendEndingAsync(trial.Address, cancellationToken);
        trial.ReminderSent = true;
        await context.SaveChangesAsync(cancellationToken);
    }
}

[TaskContract]
public interface ITrialReminders
{
    [Task, Idempotent]
    Task RemindAsync(Guid trial, CancellationToken cancellationToken = default);
}

public sealed class TrialReminderWorker(ISender sender) : ITrialReminders
{
    public Task RemindAsync(Guid trial, CancellationToken cancellationToken) => sender.Send(new RemindTrial(trial), cancellationToken);
}
