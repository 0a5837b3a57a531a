// A handler that is one for all tasks, and keeps what the last one did.
using System.Net.Http;

[TaskContract]
public interface IHealthProbes
{
    [Task, Idempotent]
    Task ProbeAsync(Uri host, CancellationToken cancellationToken = default);
}

public sealed class HealthProbeWorker(HttpClient http, TimeProvider time) : IHealthProbes
{
    private DateTimeOffset _lastRun;
    private int _errors;

    public async Task ProbeAsync(Uri host, CancellationToken cancellationToken)
    {
        {|TT514:_lastRun = time.GetUtcNow()|};
        using HttpResponseMessage response = await http.GetAsync(host, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            {|TT514:_errors++|};
        }
    }

    public string Describe() => $"{_lastRun}: {_errors}";
}

public static class HealthProbeHost
{
    public static void Add(IServiceCollection services) => services.AddSingleton<HealthProbeWorker>();
}
