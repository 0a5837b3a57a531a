// Events are appended to streams of Marten: without an expected version, and with the one that the task knows.
using Marten;

public sealed record CargoLoaded(Guid Cargo, string Port);

public sealed record CargoUnloaded(Guid Cargo, string Port);

[TaskContract]
public interface ICargoStreams
{
    [Task, Idempotent]
    Task LoadedAsync(Guid voyage, Guid cargo, string port, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task UnloadedAsync(Guid voyage, Guid cargo, string port, long version, CancellationToken cancellationToken = default);
}

public sealed class CargoStreamWorker(IDocumentSession session) : ICargoStreams
{
    public async Task LoadedAsync(Guid voyage, Guid cargo, string port, CancellationToken cancellationToken)
    {
        string name = port switch
        {
            "HAM" => "Hamburg",
            "RTM" => "Rotterdam",
            _ => port,
        };
        {|TT411:session.Events.Append(voyage, new CargoLoaded(cargo, name))|};
        await session.SaveChangesAsync(cancellationToken);
    }

    public async Task UnloadedAsync(Guid voyage, Guid cargo, string port, long version, CancellationToken cancellationToken)
    {
        session.Events.Append(voyage, version + 1, new CargoUnloaded(cargo, port));
        await session.SaveChangesAsync(cancellationToken);
    }
}
