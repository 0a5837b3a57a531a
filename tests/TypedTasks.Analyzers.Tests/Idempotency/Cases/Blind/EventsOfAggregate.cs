// Domain events that were raised go out after the save, each under its own stable id.
using MassTransit;
using Microsoft.EntityFrameworkCore;

public sealed record ParcelMoved(Guid Parcel, string Place);

public sealed class Parcel
{
    private readonly List<ParcelMoved> _events = [];

    public Guid Id { get; set; }
    public string Place { get; private set; } = "";

    public IReadOnlyList<ParcelMoved> Events => _events;

    public void Move(string place)
    {
        if (Place == place)
        {
            return;
        }

        Place = place;
        _events.Add(new ParcelMoved(Id, place));
    }
}

public sealed class ParcelContext : DbContext
{
    public DbSet<Parcel> Parcels => Set<Parcel>();
}

[TaskContract]
public interface IParcelMoves
{
    [Task, Idempotent]
    Task MoveAsync(Guid parcel, Guid move, string place, CancellationToken cancellationToken = default);
}

public sealed class ParcelMoveWorker(ParcelContext database, IPublishEndpoint bus) : IParcelMoves
{
    public async Task MoveAsync(Guid parcel, Guid move, string place, CancellationToken cancellationToken)
    {
        Parcel found = await database.Parcels.SingleAsync(one => one.Id == parcel, cancellationToken);
        found.Move(place);
        await database.SaveChangesAsync(cancellationToken);
        foreach (ParcelMoved moved in found.Events)
        {
            await bus.Publish(moved, context => context.MessageId = move, cancellationToken);
        }
    }
}
