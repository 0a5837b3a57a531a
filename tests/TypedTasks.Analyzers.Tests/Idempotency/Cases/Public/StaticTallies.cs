// State of the process: what is counted is counted again, what is set under a key is not.
using System.Collections.Concurrent;
using System.Net.Http;

[TaskContract]
public interface ITallies
{
    [Task, Idempotent]
    Task CountAsync(string country, CancellationToken cancellationToken = default);
}

public sealed class TallyWorker(HttpClient http) : ITallies
{
    private static readonly ConcurrentDictionary<string, int> Visits = new();
    private static readonly Dictionary<string, int> Totals = [];
    private static readonly ConcurrentDictionary<string, string> Names = new();
    private static readonly Lock Gate = new();
    private static readonly SemaphoreSlim Turn = new(1, 1);

    public async Task CountAsync(string country, CancellationToken cancellationToken)
    {
        await Turn.WaitAsync(cancellationToken);
        try
        {
            Names[country] = await http.GetStringAsync($"/countries/{country}", cancellationToken);
        }
        finally
        {
            Turn.Release();
        }

        {|TT415:Visits.AddOrUpdate(country, 1, (_, visits) => visits + 1)|};
        lock (Gate)
        {
            {|TT415:Totals[country]++|};
        }
    }
}
