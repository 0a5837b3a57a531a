using System.Diagnostics;
using TypedTasks.Chaos.Checking;
using TypedTasks.TestServers.Processes;

namespace TypedTasks.Chaos.Roles;

/// <summary>Looks now and then at what the processes of a run hold. Safe from any thread.</summary>
internal sealed class MemoryWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly List<Watched> _processes = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next;
    private int _looks;

    /// <summary>What became of the processes that lived for the whole run, or nearly.</summary>
    public IReadOnlyList<MemoryTrend> Trends
    {
        get
        {
            lock (_gate)
            {
                return [.. _processes.Where(one => one.Samples.Count > 0.9 * _looks).Select(static one => MemoryTrend.Of(one.Name, one.Samples)).OfType<MemoryTrend>()];
            }
        }
    }

    public void Follow(string name, ProgramProcess process)
    {
        lock (_gate)
        {
            _processes.Add(new Watched(name, process, []));
        }
    }

    /// <summary>Takes a sample of each when it is time.</summary>
    public void Look()
    {
        lock (_gate)
        {
            if (_watch.Elapsed < _next)
            {
                return;
            }

            _next = _watch.Elapsed + Interval;
            _looks++;
            foreach (Watched one in _processes.Where(static one => !one.Process.HasEnded))
            {
                if (Sample(one.Process.Id) is { } sample)
                {
                    one.Samples.Add(sample);
                }
            }
        }
    }

    private MemorySample? Sample(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            string descriptors = $"/proc/{id}/fd";
            return new MemorySample(_watch.Elapsed, process.WorkingSet64, Directory.Exists(descriptors) ? Directory.EnumerateFileSystemEntries(descriptors).Count() : 0);
        }
        catch (Exception ended) when (ended is ArgumentException or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    private sealed record Watched(string Name, ProgramProcess Process, List<MemorySample> Samples);
}
