// Effects that belong together are done once, each under its own key; the answer of one is used by the next.
using System.Net.Http;
using System.Net.Http.Json;
using Twilio.Rest.Api.V2010.Account;

public sealed record Booking(string Reference);

[TaskContract]
public interface ITripBookings
{
    [Task, Idempotent]
    Task<string> BookAsync(Guid trip, string phone, TaskContext context);
}

public sealed class TripBookingWorker(HttpClient http) : ITripBookings
{
    public async Task<string> BookAsync(Guid trip, string phone, TaskContext context)
    {
        string hotel = await context.OnceAsync("hotel", async stop => await BookOneAsync("/hotels", trip, stop));
        string flight = await context.OnceAsync("flight", async stop => await BookOneAsync("/flights", trip, stop));
        await context.OnceAsync("text", async _ => await MessageResource.CreateAsync(phone, "+1555", $"{hotel}, {flight}"));
        return $"{hotel}/{flight}";
    }

    private async ValueTask<string> BookOneAsync(string path, Guid trip, CancellationToken stop)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync(path, new { trip }, stop);
        Booking? booking = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Booking>(stop);
        return booking!.Reference;
    }
}
