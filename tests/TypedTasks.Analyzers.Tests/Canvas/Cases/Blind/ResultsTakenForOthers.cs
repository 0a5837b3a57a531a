// The chain is right, and what is made of it is not.
namespace Results;

[TaskContract]
public interface IStations
{
    [Task, Idempotent] ValueTask<double> MeasureAsync(string station);
    [Task, Idempotent] ValueTask<string> FormatAsync(double value, string unit);
    [Task, Idempotent] ValueTask<double> MeanAsync(IReadOnlyList<double> values);
}

public sealed class Stations(ITaskCanvas canvas)
{
    public TaskChain<double> OtherChain(string station) => Canvas.Chain(StationsTasks.Measure(station)).Then(StationsTasks.FormatLink("°C")); // refused

    public TaskGroup<double> NotAGroup(string[] stations) => Canvas.Group(stations.Select(StationsTasks.Measure)).Join(JoinOn.AllEnded, StationsTasks.MeanLink()); // refused

    public async Task<double> OtherResultAsync(string station)
    {
        TaskHandle<string> handle = await canvas.EnqueueAsync(Canvas.Chain(StationsTasks.Measure(station)).Then(StationsTasks.FormatLink("°C")));
        return await handle.ResultAsync(); // refused
    }

    public async Task NotAwaitedAsync(string station)
    {
        TaskHandle<double> handle = canvas.EnqueueAsync(Canvas.Chain(StationsTasks.Measure(station))); // refused
        await handle.ResultAsync();
    }

    public TaskLink<string, double> OtherLink() => StationsTasks.FormatLink("°C"); // refused

    public TaskChain<double> Chosen(string? station) => station is null
        ? Canvas.Group(StationsTasks.Measure("a")).Join(JoinOn.AllEnded, StationsTasks.MeanLink())
        : Canvas.Chain(StationsTasks.Measure(station));
}
