// What a link or a call is given itself is wrong: too much, too little, another type.
namespace Shop;

[TaskContract]
public interface IParcels
{
    [Task, Idempotent] ValueTask<int> WeighAsync(Guid parcel, CancellationToken cancellationToken = default);
    [Task, Idempotent] ValueTask<decimal> PostageAsync(int grams, string country);
    [Task, Idempotent] ValueTask LabelAsync(decimal postage, Guid parcel);
    [Task, Idempotent] ValueTask<decimal> SumAsync(decimal[] postages);
}

public sealed class Parcels(ITaskClient<IParcels> parcels)
{
    public TaskChain<decimal> Bare(Guid parcel) => Canvas.Chain(ParcelsTasks.Weigh(parcel)).Then(ParcelsTasks.PostageLink()); // refused

    public TaskChain<decimal> TooMuch(Guid parcel) => Canvas.Chain(ParcelsTasks.Weigh(parcel)).Then(ParcelsTasks.PostageLink(100, "AT")); // refused

    public TaskChain<NoResult> OtherType(Guid parcel) => Canvas
        .Chain(ParcelsTasks.Weigh(parcel))
        .Then(ParcelsTasks.PostageLink("AT"))
        .Then(ParcelsTasks.LabelLink(parcel.ToString())); // refused

    public TaskChain<int> Text(string parcel) => Canvas.Chain(ParcelsTasks.Weigh(parcel)); // refused

    public TaskGroup<decimal> Divided(Guid parcel, string[] countries) => Canvas
        .Chain(ParcelsTasks.Weigh(parcel))
        .ThenGroup(countries.Select(country => ParcelsTasks.PostageLink(country, parcel))); // refused

    public TaskChain<decimal> Sum(Guid[] all) => Canvas
        .Group(all.Select(one => Canvas.Chain(ParcelsTasks.Weigh(one)).Then(ParcelsTasks.PostageLink("AT"))))
        .Join(JoinOn.AllSucceeded, ParcelsTasks.SumLink(2)); // refused

    public async Task WithTokenAsync(Guid parcel, CancellationToken token) => await parcels.EnqueueAsync(ParcelsTasks.Weigh(parcel, token)); // refused
}
