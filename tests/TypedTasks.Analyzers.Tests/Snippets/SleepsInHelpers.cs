// A pause in a static helper of another class, and one that is awaited.
using System.Net.Http;

namespace Prices
{
    [TaskContract]
    public interface IPrices
    {
        [Task, Idempotent] Task PoliteAsync(string name, CancellationToken cancellationToken = default);

        [Task, Idempotent] Task RudeAsync(string name, CancellationToken cancellationToken = default);
    }

    public sealed class PriceWorker(HttpClient http, TimeProvider time) : IPrices
    {
        public async Task PoliteAsync(string name, CancellationToken cancellationToken)
        {
            await http.GetAsync(name, cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
            await Task.Yield();
        }

        public async Task RudeAsync(string name, CancellationToken cancellationToken)
        {
            await http.GetAsync(name, cancellationToken);
            {|TT505:Pauses.Take()|};
            {|TT505:Thread.Sleep(millisecondsTimeout: 10)|};
        }
    }

    internal static class Pauses
    {
        internal static void Take() => Thread.Sleep(TimeSpan.FromSeconds(2));
    }
}
