// Sums over what the task was given, in variables and objects of its own.
using System.Net.Http;
using System.Net.Http.Json;

public sealed record TripLeg(string From, string To, double Kilometres);

public sealed class TripSummary
{
    private readonly List<string> _stops = [];

    public double Kilometres { get; private set; }

    public int Legs { get; private set; }

    public IReadOnlyList<string> Stops => _stops;

    public void Add(TripLeg leg)
    {
        Kilometres += leg.Kilometres;
        Legs++;
        _stops.Add(leg.To);
    }
}

[TaskContract]
public interface ITrips
{
    [Task, Idempotent]
    Task SummarizeAsync(Guid trip, TripLeg[] legs, CancellationToken cancellationToken = default);
}

public sealed class TripWorker(HttpClient http) : ITrips
{
    public async Task SummarizeAsync(Guid trip, TripLeg[] legs, CancellationToken cancellationToken)
    {
        TripSummary summary = new();
        foreach (TripLeg leg in legs)
        {
            summary.Add(leg);
        }

        await http.PutAsJsonAsync($"trips/{trip}/summary", summary, cancellationToken);
    }
}
