// An interface that Refit implements: the attribute says what the call does.
using Refit;

public sealed record ParcelRequest(Guid Order, string Street);

public interface IParcelApi
{
    [Post("/parcels")]
    Task<string> CreateAsync([Body] ParcelRequest request, CancellationToken cancellationToken = default);

    [Get("/parcels/{order}")]
    Task<string> FindAsync(Guid order, CancellationToken cancellationToken = default);
}

[TaskContract]
public interface IParcels
{
    [Task, Idempotent]
    Task<string> CreateAsync(Guid order, CancellationToken cancellationToken = default);
}

public sealed class ParcelWorker(IParcelApi api) : IParcels
{
    public async Task<string> CreateAsync(Guid order, CancellationToken cancellationToken)
    {
        string street = await api.FindAsync(order, cancellationToken);
        return await {|TT410:api.CreateAsync(new ParcelRequest(order, street), cancellationToken)|};
    }
}
