// Every message that goes out has an id that is made of what it is about.
using System.Security.Cryptography;
using System.Text;
using NServiceBus;

public sealed record ReserveRoom(Guid Booking, int Room);

public sealed record BookingPlaced(Guid Booking);

[TaskContract]
public interface IHotelBookings
{
    [Task, Idempotent]
    Task PlaceAsync(Guid booking, int[] rooms, CancellationToken cancellationToken = default);
}

public sealed class RoomBookingWorker(IMessageSession session) : IHotelBookings
{
    public async Task PlaceAsync(Guid booking, int[] rooms, CancellationToken cancellationToken)
    {
        foreach (int room in rooms)
        {
            SendOptions options = new();
            options.SetMessageId(Name(booking, room));
            await session.Send(new ReserveRoom(booking, room), options, cancellationToken);
        }

        PublishOptions placed = new();
        placed.SetMessageId($"placed:{booking:N}");
        await session.Publish(new BookingPlaced(booking), placed, cancellationToken);
    }

    private static string Name(Guid booking, int room)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{booking:N}/{room}"));
        return new Guid(hash.AsSpan(0, 16)).ToString("N");
    }
}
