// A repository of another project is asked before a row is added.
public sealed class Consent
{
    public int Id { get; set; }
    public Guid Person { get; set; }
    public string Kind { get; set; } = "";
}

public interface IConsentRepository
{
    Task<Consent?> FindAsync(Guid person, string kind, CancellationToken cancellationToken);

    Task AddAsync(Consent consent, CancellationToken cancellationToken);
}

[TaskContract]
public interface IConsents
{
    [Task, Idempotent]
    Task GiveAsync(Guid person, string kind, CancellationToken cancellationToken = default);
}

public sealed class ConsentWorker(IConsentRepository consents) : IConsents
{
    public async Task GiveAsync(Guid person, string kind, CancellationToken cancellationToken)
    {
        Consent? given = await consents.FindAsync(person, kind, cancellationToken);
        if (given is not null)
        {
            return;
        }

        await consents.AddAsync(new Consent { Person = person, Kind = kind }, cancellationToken);
    }
}
