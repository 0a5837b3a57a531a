// Everything that an attribute may say, said by constants.
namespace Exports
{
    internal static class Policy
    {
        internal const int Attempts = 2 * 4;
        internal const string Least = "1s";
        internal const string Most = "5m";
        internal const string Growing = $"{Least}..{Most}";
        internal const string Name = nameof(IExports);
    }

    [TaskContract(Policy.Name)]
    internal interface IExports
    {
        [Task("export", MaxAttempts = Policy.Attempts, Backoff = Policy.Growing, TimeLimit = "00:00:30", Expires = "none", KeepOutcome = "7d")]
        [Idempotent(Window = "2d", Key = $"export:{{{nameof(tenant)}}}")]
        Task ExportAsync(Guid tenant, CancellationToken cancellationToken = default);

        [Task(KeepOutcome = "none", RetryOn = [typeof(TimeoutException), typeof(System.Net.Http.HttpRequestException)])]
        [Idempotent]
        Task SweepAsync();
    }
}
