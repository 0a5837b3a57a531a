// Providers are tried in order until one takes it: a loop over providers is no retry of one call.
using System.Net.Http;
using Microsoft.Extensions.Logging;

public interface IGeocoder
{
    Task<string?> FindAsync(string address, CancellationToken cancellationToken);
}

[TaskContract]
public interface IGeocoding
{
    [Task, Idempotent]
    Task<string?> FindAsync(string address, CancellationToken cancellationToken = default);
}

public sealed class GeocodingWorker(IEnumerable<IGeocoder> geocoders, ILogger<GeocodingWorker> log) : IGeocoding
{
    public async Task<string?> FindAsync(string address, CancellationToken cancellationToken)
    {
        foreach (IGeocoder geocoder in geocoders)
        {
            try
            {
                if (await geocoder.FindAsync(address, cancellationToken) is { } found)
                {
                    return found;
                }
            }
            catch (HttpRequestException e)
            {
                log.LogInformation(e, "The next one is asked");
            }
        }

        return null;
    }
}
