// A token that is taken and never asked; one under another name; one that only a lambda uses.
using System.Net.Http;

namespace Prices;

[TaskContract]
public interface IPrices
{
    [Task, Idempotent] Task UpdateAsync(Uri source, CancellationToken cancellationToken);

    [Task, Idempotent] ValueTask<string> ReadAsync(Uri source, CancellationToken ct = default);

    [Task, Idempotent] Task AllAsync(Uri[] sources, CancellationToken ct = default);

    [Task, Idempotent] Task ContextAsync(Uri source, TaskContext context = null!, CancellationToken ct = default);
}

public sealed class PriceWorker(HttpClient http) : IPrices
{
    async Task IPrices.UpdateAsync(Uri source, CancellationToken {|TT503:cancellationToken|})
    {
        string text = await http.GetStringAsync(source);
        Console.WriteLine(text.Length);
    }

    public async ValueTask<string> ReadAsync(Uri source, CancellationToken {|TT503:ct|}) => await http.GetStringAsync(source).ConfigureAwait(false);

    public Task AllAsync(Uri[] sources, CancellationToken ct) => Task.WhenAll(sources.Select(source => http.GetStringAsync(source, ct)));

    public async Task ContextAsync(Uri source, TaskContext context, CancellationToken ct) => Console.WriteLine(await http.GetStringAsync(source, context.CancellationToken));
}
