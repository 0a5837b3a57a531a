using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace TypedTasks;

/// <summary>A worker that is alive: a process of a host that takes tasks. What it said of itself last, at most some ten seconds ago.</summary>
/// <param name="Name">The worker's name: machine, process id, and a part that differs with each start.</param>
/// <param name="StartedAt">When it started, by its own clock.</param>
/// <param name="ReportedAt">When it said this, by its own clock.</param>
/// <param name="Memory">The working set of its process, in bytes.</param>
/// <param name="Lanes">The lanes that it takes.</param>
public sealed record WorkerReport(string Name, DateTimeOffset StartedAt, DateTimeOffset ReportedAt, long Memory, ImmutableArray<WorkerLaneReport> Lanes)
{
    /// <summary>Deliveries whose attempt runs or is being settled, in all lanes.</summary>
    public int Running => Lanes.Sum(lane => lane.Running);

    /// <summary>Deliveries settled since the start, in all lanes.</summary>
    public long Processed => Lanes.Sum(lane => lane.Processed);

    // As a record prints itself, but for the lanes: an array would print the name of its type.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.CurrentCulture, $"Name = {Name}, StartedAt = {StartedAt}, ReportedAt = {ReportedAt}, Memory = {Memory}, Running = {Running}, Processed = {Processed}, Lanes = [");
        builder.AppendJoin(", ", Lanes).Append(']');
        return true;
    }
}

/// <summary>A worker's hold on one lane.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Concurrency">Handlers at once, at most.</param>
/// <param name="Running">Deliveries whose attempt runs or is being settled.</param>
/// <param name="Waiting">Deliveries that were fetched ahead and wait for a slot.</param>
/// <param name="Processed">Deliveries settled since the start.</param>
public sealed record WorkerLaneReport(Lane Lane, int Concurrency, int Running, int Waiting, long Processed);
