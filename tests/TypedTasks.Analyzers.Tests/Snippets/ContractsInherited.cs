// One handler for two contracts, one of which inherits the other; tasks of one name in two contracts.
namespace Jobs
{
    [TaskContract("sweeps")]
    public interface ISweeps
    {
        [Task("run"), Idempotent] ValueTask SweepAsync(string folder);
    }

    [TaskContract("deep-sweeps")]
    public interface IDeepSweeps : ISweeps
    {
        [Task("scrub"), Idempotent] ValueTask ScrubAsync(string folder, CancellationToken cancellationToken = default);
    }

    public partial class SweepWorker : IDeepSweeps
    {
        public ValueTask SweepAsync(string folder) => default;
    }

    public partial class SweepWorker
    {
        public async ValueTask ScrubAsync(string folder, CancellationToken cancellationToken)
        {
            await SweepAsync(folder);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public static class Module
    {
        public static TypedTasksBuilder AddSweeps(this TypedTasksBuilder tasks) => tasks
            .AddWorker<ISweeps, SweepWorker>()
            .AddWorker<IDeepSweeps, SweepWorker>()
            .AddClient<IDeepSweeps>();
    }
}
