// A parcel service is called by Flurl: made under a key, replaced, and taken back.
using Flurl.Http;

public sealed record ParcelBody(string Recipient, string Street, string City, int Grams);

[TaskContract]
public interface IFlurlParcels
{
    [Task, Idempotent]
    Task AnnounceAsync(Guid parcel, ParcelBody body, TaskContext context, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task CorrectAsync(Guid parcel, ParcelBody body, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task CancelAsync(Guid parcel, CancellationToken cancellationToken = default);
}

public sealed class FlurlParcelWorker : IFlurlParcels
{
    private const string Service = "https://parcels.example.com/api";

    public async Task AnnounceAsync(Guid parcel, ParcelBody body, TaskContext context, CancellationToken cancellationToken)
    {
        IFlurlResponse response = await $"{Service}/parcels"
            .WithHeader("X-Trace", Guid.NewGuid())
            .WithHeader("Idempotency-Key", context.Id)
            .PostJsonAsync(body, cancellationToken);
        if (response.StatusCode is not (200 or 201))
        {
            throw TaskContext.RetryAfter(TimeSpan.FromSeconds(30), $"The service said {response.StatusCode} of {parcel}.");
        }
    }

    public async Task CorrectAsync(Guid parcel, ParcelBody body, CancellationToken cancellationToken) =>
        await $"{Service}/parcels/{parcel}".PutJsonAsync(body with { Grams = Math.Max(body.Grams, 1) }, cancellationToken);

    public async Task CancelAsync(Guid parcel, CancellationToken cancellationToken) => await $"{Service}/parcels/{parcel}".DeleteAsync(cancellationToken);
}
