// A timer's callback, a helper that returns nothing, a loop in parallel that takes an Action.
using System.Net.Http;

namespace Warming
{
    [TaskContract]
    public interface IWarming
    {
        [Task, Idempotent] Task WarmAsync(string[] pages, CancellationToken cancellationToken = default);

        [Task, Idempotent] Task TouchAsync(string page, CancellationToken cancellationToken = default);

        [Task, Idempotent] Task BeatAsync(string page, CancellationToken cancellationToken = default);
    }

    public sealed class WarmingWorker(HttpClient http) : IWarming
    {
        public Task WarmAsync(string[] pages, CancellationToken cancellationToken)
        {
            Parallel.ForEach(pages, {|TT501:async page => await http.GetAsync(page, cancellationToken)|});
            return Task.CompletedTask;
        }

        public async Task TouchAsync(string page, CancellationToken cancellationToken)
        {
            await http.GetAsync(page, cancellationToken);
            {|TT501:Note(page)|};
        }

        public async Task BeatAsync(string page, CancellationToken cancellationToken)
        {
            await using Timer timer = new({|TT501:async _ => await http.GetAsync("/alive", cancellationToken)|}, null, 1_000, 1_000);
            await http.GetAsync(page, cancellationToken);
        }

        private async void Note(string page) => await http.PutAsync($"/seen/{page}", null);
    }
}
