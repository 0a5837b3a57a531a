using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using TypedTasks.Worker;
using Names = TypedTasks.Diagnostics.TelemetryNames;

namespace TypedTasks.Diagnostics;

/// <summary>What this host's lanes hold, and the memory of its process: read when somebody collects, and not before.</summary>
internal sealed class LaneGauges
{
    private readonly ProcessMemory _memory;
    private ImmutableArray<(LaneWorker Worker, KeyValuePair<string, object?>[] Tags)> _lanes = [];

    internal LaneGauges(TaskMetrics metrics, ProcessMemory memory)
    {
        _memory = memory;
        metrics.Meter.CreateObservableUpDownCounter(Names.Metrics.InFlight, () => Measure(lane => lane.InFlight), "{task}", "Tasks whose attempt runs or is being settled.");
        metrics.Meter.CreateObservableUpDownCounter(Names.Metrics.Waiting, () => Measure(lane => lane.Waiting), "{task}", "Tasks that a worker holds and that wait for a slot.");
        metrics.Meter.CreateObservableUpDownCounter(Names.Metrics.Memory, Memory, "By", "The working set of the worker's process.");
    }

    internal void Add(LaneWorker lane)
    {
        TagList tags = TaskMetrics.TagsOf(lane.Lane.ToString(), task: null, operation: null);
        ImmutableInterlocked.Update(ref _lanes, static (lanes, added) => lanes.Add(added), (lane, tags.ToArray()));
    }

    /// <summary>The lanes have stopped.</summary>
    internal void Clear() => ImmutableInterlocked.InterlockedExchange(ref _lanes, []);

    private List<Measurement<long>> Measure(Func<LaneWorker, int> value)
    {
        var measurements = new List<Measurement<long>>();
        foreach ((LaneWorker worker, KeyValuePair<string, object?>[] tags) in _lanes)
        {
            measurements.Add(new Measurement<long>(value(worker), tags));
        }

        return measurements;
    }

    // A host without workers has no worker's memory.
    private IEnumerable<Measurement<long>> Memory() => _lanes.IsEmpty ? [] : [new Measurement<long>(_memory.Used)];
}
