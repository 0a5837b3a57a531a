// The same, but every failure of the command is answered with a default: nobody will ever try again.
using System.Net.Http;

public interface ISeenRequests
{
    Task<bool> ExistsAsync(Guid id);
    Task RememberAsync(Guid id);
}

[TaskContract]
public interface ISeatBookings
{
    [Task, Idempotent]
    Task<bool> BookAsync(Guid request, int seat, CancellationToken cancellationToken = default);
}

public sealed class SeatBookingWorker(ISeenRequests requests, HttpClient http) : ISeatBookings
{
    public async Task<bool> BookAsync(Guid request, int seat, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await http.PutAsync($"/seats/{seat}/bookings/{request}", null, cancellationToken);
            await requests.RememberAsync(request);
            return response.IsSuccessStatusCode;
        }
        catch {|TT506:(Exception)|}
        {
            return default;
        }
    }
}
