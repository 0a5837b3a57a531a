// A base class that counts, logs and rethrows; the job itself posts.
using System.Diagnostics.Metrics;
using System.Net.Http;
using Microsoft.Extensions.Logging;

public abstract class MeasuredJob<T>(ILogger log)
{
    private static readonly Counter<long> Failures = new Meter("Jobs").CreateCounter<long>("failures");

    protected async Task ExecuteAsync(T arguments, CancellationToken cancellationToken)
    {
        using IDisposable? scope = log.BeginScope(arguments!);
        try
        {
            await HandleAsync(arguments, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failures.Add(1);
            log.LogError(e, "Failed");
            throw;
        }
    }

    protected abstract Task HandleAsync(T arguments, CancellationToken cancellationToken);
}

[TaskContract]
public interface ISponsorships
{
    [Task, Idempotent]
    Task OfferAsync(Guid sponsor, CancellationToken cancellationToken = default);
}

public sealed class SponsorshipWorker(HttpClient http, ILogger<SponsorshipWorker> log) : MeasuredJob<Guid>(log), ISponsorships
{
    public Task OfferAsync(Guid sponsor, CancellationToken cancellationToken) => {|TT410:ExecuteAsync(sponsor, cancellationToken)|};

    protected override async Task HandleAsync(Guid arguments, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PostAsync($"/sponsors/{arguments}/offers", null, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
