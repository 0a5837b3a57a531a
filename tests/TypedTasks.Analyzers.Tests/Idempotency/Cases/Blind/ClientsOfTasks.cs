// How a controller and a service enqueue: awaited and not, by the clock of the machine, under a key.
using Microsoft.EntityFrameworkCore;

[TaskContract]
public interface IParcelLabels
{
    [Task, Idempotent]
    Task PrintAsync(Guid parcel, CancellationToken cancellationToken = default);
}

public sealed class ParcelController(ITaskClient<IParcelLabels> labels)
{
    public async Task<string> ShipAsync(Guid parcel, CancellationToken cancellationToken)
    {
        await labels.PrintAsync(parcel, cancellationToken: cancellationToken);
        return "shipped";
    }

    public string ShipQuickly(Guid parcel)
    {
        _ = parcel;
        {|TT701:labels.PrintAsync(parcel)|};
        return "shipped";
    }

    public async Task ShipTomorrowAsync(Guid parcel) =>
        await labels.PrintAsync(parcel, EnqueueOptions.At({|TT707:DateTime.Now|}.AddDays(1)));

    public async Task ShipLaterAsync(Guid parcel) => await labels.PrintAsync(parcel, EnqueueOptions.In(TimeSpan.FromHours(1)));
}
