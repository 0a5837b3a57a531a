// A service of the old kind: its client was generated, and books.
using System.ServiceModel;

public sealed record BookingRequest(string Reference, string Hotel, int Nights);

public sealed record BookingReply(string Number);

[ServiceContract]
public interface IBookingPort
{
    [OperationContract(Action = "urn:CreateBooking")]
    Task<BookingReply> CreateBookingAsync(BookingRequest request);
}

public sealed class BookingPortClient : ClientBase<IBookingPort>, IBookingPort
{
    public Task<BookingReply> CreateBookingAsync(BookingRequest request) => Channel.CreateBookingAsync(request);
}

[TaskContract]
public interface ISoapBookings
{
    [Task, Idempotent]
    Task<string> BookAsync(Guid trip, string hotel, int nights);
}

public sealed class HotelBookingWorker(BookingPortClient port) : ISoapBookings
{
    public async Task<string> BookAsync(Guid trip, string hotel, int nights)
    {
        BookingReply reply = await {|TT410:port.CreateBookingAsync(new BookingRequest(trip.ToString(), hotel, nights))|};
        return reply.Number;
    }
}
