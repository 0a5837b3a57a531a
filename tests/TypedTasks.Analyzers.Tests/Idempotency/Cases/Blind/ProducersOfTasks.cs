// A service that enqueues: within a transaction, before its entity is saved, and after.
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

public sealed class Registration
{
    public int Id { get; set; }
    public string Address { get; set; } = "";
}

public sealed class RegistrationContext : DbContext
{
    public DbSet<Registration> Registrations => Set<Registration>();
}

[TaskContract]
public interface IRegistrationMails
{
    [Task, Idempotent(Key = nameof(registration))]
    Task ConfirmAsync(int registration, CancellationToken cancellationToken = default);

    [Task, Idempotent(Key = "{registration.Id}")]
    Task ConfirmWholeAsync(Registration {|TT308:registration|}, CancellationToken cancellationToken = default);
}

public sealed class RegistrationService(RegistrationContext context, ITaskClient<IRegistrationMails> mails)
{
    public async Task RegisterAsync(string address, CancellationToken cancellationToken)
    {
        Registration registration = new() { Address = address };
        context.Registrations.Add(registration);
        await context.SaveChangesAsync(cancellationToken);
        await mails.ConfirmAsync(registration.Id, cancellationToken: cancellationToken);
    }

    public async Task RegisterTooEarlyAsync(string address, CancellationToken cancellationToken)
    {
        Registration registration = new() { Address = address };
        context.Registrations.Add(registration);
        await mails.ConfirmAsync({|TT704:registration.Id|}, cancellationToken: cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task RegisterWithinAsync(int registration, CancellationToken cancellationToken)
    {
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await {|TT703:mails.ConfirmAsync(registration, cancellationToken: cancellationToken)|};
        await transaction.CommitAsync(cancellationToken);
    }
}
