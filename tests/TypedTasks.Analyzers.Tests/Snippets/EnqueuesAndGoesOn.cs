// A handler that enqueues others and asks how they do, and a service that may wait.
namespace Reports
{
    [TaskContract]
    public interface IReports
    {
        [Task, Idempotent] Task<int> CountAsync(Guid tenant);

        [Task, Idempotent] Task StartAsync(Guid tenant, CancellationToken cancellationToken = default);
    }

    public sealed class ReportWorker(ITaskClient<IReports> reports) : IReports
    {
        public Task<int> CountAsync(Guid tenant) => Task.FromResult(1);

        public async Task StartAsync(Guid tenant, CancellationToken cancellationToken)
        {
            TaskHandle<int> handle = await reports.CountAsync(tenant, cancellationToken: cancellationToken);
            if (await handle.StateAsync(cancellationToken) is var state)
            {
                Console.WriteLine($"{handle.Id} is {state}");
            }
        }
    }

    public sealed class ReportPage(ITaskClient<IReports> reports)
    {
        public async Task<string> ShowAsync(Guid tenant, CancellationToken cancellationToken)
        {
            TaskHandle<int> handle = await reports.CountAsync(tenant, cancellationToken: cancellationToken);
            int rows = await handle.ResultAsync(TimeSpan.FromSeconds(2), cancellationToken);
            return $"{rows} of {await reports.Remote.CountAsync(tenant)}";
        }
    }
}
