// Tasks that are kept, raced, listed, handed on, and awaited in the end.
using System.Net.Http;

namespace Warming
{
    [TaskContract]
    public interface IWarming
    {
        [Task, Idempotent] Task RaceAsync(string page, CancellationToken cancellationToken = default);

        [Task, Idempotent] Task ListAsync(string[] pages, CancellationToken cancellationToken = default);

        [Task, Idempotent] Task ChooseAsync(string page, int kind);

        [Task, Idempotent] Task SignalAsync(string page, CancellationToken cancellationToken = default);

        [Task, Idempotent] Task FinallyAsync(string page, CancellationToken cancellationToken = default);
    }

    public sealed class WarmingWorker(HttpClient http) : IWarming
    {
        public async Task RaceAsync(string page, CancellationToken cancellationToken)
        {
            var answer = http.GetAsync(page, cancellationToken);
            if (await Task.WhenAny(answer, Task.Delay(1_000, cancellationToken)) != answer)
            {
                throw new TimeoutException();
            }

            (await answer).EnsureSuccessStatusCode();
        }

        public async Task ListAsync(string[] pages, CancellationToken cancellationToken)
        {
            List<Task> running = [];
            using SemaphoreSlim gate = new(4);
            foreach (string page in pages)
            {
                await gate.WaitAsync(cancellationToken);
                running.Add(Task.Run(async () =>
                {
                    try
                    {
                        await http.GetAsync(page, cancellationToken);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }, cancellationToken));
            }

            await Task.WhenAll(running).ConfigureAwait(false);
        }

        public Task ChooseAsync(string page, int kind) => kind switch
        {
            0 => Task.CompletedTask,
            1 => http.GetAsync(page),
            _ => Task.WhenAll(http.GetAsync(page), http.DeleteAsync($"/old/{page}")),
        };

        public async Task SignalAsync(string page, CancellationToken cancellationToken)
        {
            TaskCompletionSource<string> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using CancellationTokenRegistration registration = cancellationToken.Register(() => found.TrySetCanceled(cancellationToken));
            Task reading = ReadAsync();
            Console.WriteLine(await found.Task);
            await reading;

            async Task ReadAsync() => found.TrySetResult(await http.GetStringAsync(page, cancellationToken));
        }

        public async Task FinallyAsync(string page, CancellationToken cancellationToken)
        {
            Task? trailing = null;
            try
            {
                trailing = http.GetAsync($"/next/{page}", cancellationToken);
                await http.GetAsync(page, cancellationToken);
            }
            finally
            {
                if (trailing is not null)
                {
                    await trailing;
                }
            }
        }
    }
}
