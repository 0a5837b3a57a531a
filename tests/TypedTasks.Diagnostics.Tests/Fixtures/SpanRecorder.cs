using System.Diagnostics;
using System.Threading.Channels;

namespace TypedTasks.Diagnostics.Tests;

/// <summary>Listens to TypedTasks' spans, and waits for those that a test expects.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private readonly Channel<Activity> _ended = Channel.CreateUnbounded<Activity>();
    private readonly List<Activity> _seen = [];
    private readonly ActivityListener _listener;

    internal SpanRecorder()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TypedTasksTelemetry.SourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _ended.Writer.TryWrite(activity),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Waits until <paramref name="count"/> spans match, and returns them in the order of their ends.</summary>
    internal async Task<IReadOnlyList<Activity>> WaitAsync(int count, Func<Activity, bool> match)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        while (_seen.Count(match) < count)
        {
            _seen.Add(await _ended.Reader.ReadAsync(patience.Token));
        }

        return [.. _seen.Where(match)];
    }

    internal Task<IReadOnlyList<Activity>> WaitAsync(int count, string operation) => WaitAsync(count, span => span.OperationName.StartsWith(operation, StringComparison.Ordinal));

    public void Dispose() => _listener.Dispose();
}
