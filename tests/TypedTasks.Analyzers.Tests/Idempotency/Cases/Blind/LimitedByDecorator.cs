// A decorator measures, another one limits; both pass it on to what asks the partner, by PUT.
using System.Diagnostics;
using System.Net.Http;

public interface IPartner
{
    Task PutAsync(Guid item, CancellationToken cancellationToken);
}

public sealed class HttpPartner(HttpClient http) : IPartner
{
    public async Task PutAsync(Guid item, CancellationToken cancellationToken) => (await http.PutAsync($"/items/{item}", null, cancellationToken)).EnsureSuccessStatusCode();
}

public sealed class MeasuredPartner(IPartner inner) : IPartner
{
    public async Task PutAsync(Guid item, CancellationToken cancellationToken)
    {
        Stopwatch watch = Stopwatch.StartNew();
        await inner.PutAsync(item, cancellationToken);
        Console.WriteLine($"{item} took {watch.Elapsed}");
    }
}

public sealed class LimitedPartner(IPartner inner, SemaphoreSlim gate) : IPartner
{
    public async Task PutAsync(Guid item, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await inner.PutAsync(item, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }
}

[TaskContract]
public interface IPartnerItems
{
    [Task, Idempotent]
    Task PutAsync(Guid item, CancellationToken cancellationToken = default);
}

public sealed class PartnerItemWorker(IPartner partner) : IPartnerItems
{
    public Task PutAsync(Guid item, CancellationToken cancellationToken) => partner.PutAsync(item, cancellationToken);
}
