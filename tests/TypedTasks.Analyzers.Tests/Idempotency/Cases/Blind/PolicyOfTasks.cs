// Attempts and times of tasks that make no sense together.
using System.Net.Http;

[TaskContract]
public interface IForecasts
{
    [Task(MaxAttempts = 25, Backoff = {|TT509:"0s"|}), Idempotent]
    Task RefreshAsync(string place, CancellationToken cancellationToken = default);

    [Task(MaxAttempts = 5, Backoff = "2s..2m", TimeLimit = "1m"), Idempotent]
    Task StoreAsync(string place, CancellationToken cancellationToken = default);
}

public sealed class ForecastWorker(HttpClient http) : IForecasts
{
    public async Task RefreshAsync(string place, CancellationToken cancellationToken) => (await http.PutAsync($"forecasts/{place}", null, cancellationToken)).EnsureSuccessStatusCode();

    public async Task StoreAsync(string place, CancellationToken cancellationToken) => (await http.PutAsync($"forecasts/{place}/stored", null, cancellationToken)).EnsureSuccessStatusCode();
}
