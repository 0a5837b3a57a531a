// Documents in Mongo: appended, counted, set.
using MongoDB.Driver;

public sealed class Booking
{
    public string Id { get; set; } = "";
    public Guid Room { get; set; }
    public int Nights { get; set; }
}

public sealed class Room
{
    public Guid Id { get; set; }
    public int Booked { get; set; }
    public string State { get; set; } = "";
}

[TaskContract]
public interface IRoomBookings
{
    [Task, Idempotent]
    Task BookAsync(Guid room, int nights, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task CountAsync(Guid room, int nights, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task CloseAsync(Guid room, CancellationToken cancellationToken = default);
}

public sealed class RoomBookingWorker(IMongoCollection<Booking> bookings, IMongoCollection<Room> rooms) : IRoomBookings
{
    public async Task BookAsync(Guid room, int nights, CancellationToken cancellationToken)
    {
        Booking booking = new() { Room = room, Nights = nights };
        await {|TT411:bookings.InsertOneAsync(booking, cancellationToken: cancellationToken)|};
    }

    public async Task CountAsync(Guid room, int nights, CancellationToken cancellationToken)
    {
        UpdateDefinition<Room> update = Builders<Room>.Update.Inc(one => one.Booked, nights);
        await {|TT412:rooms.UpdateOneAsync(one => one.Id == room, update, cancellationToken: cancellationToken)|};
    }

    public async Task CloseAsync(Guid room, CancellationToken cancellationToken) =>
        await rooms.UpdateOneAsync(one => one.Id == room, Builders<Room>.Update.Set(one => one.State, "closed"), cancellationToken: cancellationToken);
}
