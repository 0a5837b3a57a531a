// The token is there, and nobody looks at it; and one that makes a failure of the worker's stop.
using System.Net.Http;

[TaskContract]
public interface ISlowImports
{
    [Task, Idempotent]
    Task ImportAsync(Uri source, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task CheckAsync(Uri source, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task WaitAsync(Uri source, CancellationToken cancellationToken = default);
}

public sealed class SlowImportWorker(HttpClient http) : ISlowImports
{
    public async Task ImportAsync(Uri source, CancellationToken {|TT503:cancellationToken|})
    {
        string text = await http.GetStringAsync(source);
        await http.PutAsync("/imports/last", new StringContent(text));
    }

    public async Task CheckAsync(Uri source, CancellationToken cancellationToken)
    {
        try
        {
            await http.GetStringAsync(source, cancellationToken);
        }
        catch {|TT507:(Exception e)|}
        {
            throw new InvalidOperationException($"{source} cannot be read", e);
        }
    }

    public async Task WaitAsync(Uri source, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        try
        {
            await http.GetStringAsync(source, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{source} does not answer");
        }
    }
}
