using System.Text;
using TypedTasks.Redis.Connection;

namespace TypedTasks.Redis.Streams;

/// <summary>
/// Every key and channel of a queue. All keys share the hash tag of the queue, so that a script may touch them together in a cluster.
/// </summary>
/// <remarks>
/// <code>
/// tt:{queue}:paused               exists while the queue is paused
/// tt:{queue}:waiting              exists while somebody waits for an outcome: settling publishes only then
/// tt:{queue}:outcome:&lt;id&gt;         state/deliveries@entry@epoch;record, with a time to live
/// tt:{queue}:wake                 channel: due, pause, resume
/// tt:lanes                        the set of all lanes, queue/contract
/// tt:outcome:&lt;16 bytes of id&gt;     channel: state, record
/// tt:say:&lt;channel&gt;                channel: broadcasts
/// tt:state:&lt;key&gt;                  the state store: revision:value
/// </code>
/// </remarks>
internal sealed class QueueKeys
{
    private readonly byte[] _outcome;

    internal QueueKeys(string prefix, string queue)
    {
        Queue = queue;
        string root = $"{prefix}:{{{queue}}}:";
        Slot = ClusterSlot.Of(Encoding.UTF8.GetBytes(root));
        Paused = Encoding.UTF8.GetBytes(root + "paused");
        Waiting = Encoding.UTF8.GetBytes(root + "waiting");
        Wake = Encoding.UTF8.GetBytes(root + "wake");
        OutcomeChannel = Encoding.UTF8.GetBytes($"{prefix}:outcome:");
        _outcome = Encoding.UTF8.GetBytes(root + "outcome:");
    }

    internal string Queue { get; }

    internal int Slot { get; }

    internal byte[] Paused { get; }

    internal byte[] Waiting { get; }

    internal byte[] Wake { get; }

    internal byte[] OutcomeChannel { get; }

    internal int OutcomeLength => _outcome.Length + (2 * TaskId.Size);

    /// <summary>Writes the key of a task's outcome.</summary>
    internal int Outcome(TaskId id, Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[TaskId.Size];
        id.Write(bytes);
        _outcome.CopyTo(destination);
        Convert.TryToHexStringLower(bytes, destination[_outcome.Length..], out int written);
        return _outcome.Length + written;
    }
}

/// <summary>The keys of a lane.</summary>
/// <remarks>
/// <code>
/// tt:{queue}:lane:&lt;contract&gt;      the stream of ready and running tasks; group tt
/// tt:{queue}:due:&lt;contract&gt;       held tasks by their time in ms
/// tt:{queue}:tasks:&lt;contract&gt;     what is known of tasks that are held, came back, died, or bear an id that their producer chose (find.lua)
/// tt:{queue}:meta:&lt;contract&gt;      epoch of ownership, shortest lease, counter of dead letters
/// tt:{queue}:dead:&lt;contract&gt;      the order of the dead letters
/// tt:{queue}:letters:&lt;contract&gt;   their contents: length:note envelope
/// </code>
/// </remarks>
internal sealed class LaneKeys
{
    internal LaneKeys(string prefix, Lane lane, QueueKeys queue)
    {
        Lane = lane;
        Queue = queue;
        string root = $"{prefix}:{{{lane.Queue}}}:";
        Stream = Encoding.UTF8.GetBytes($"{root}lane:{lane.Contract}");
        Due = Encoding.UTF8.GetBytes($"{root}due:{lane.Contract}");
        Tasks = Encoding.UTF8.GetBytes($"{root}tasks:{lane.Contract}");
        Meta = Encoding.UTF8.GetBytes($"{root}meta:{lane.Contract}");
        Dead = Encoding.UTF8.GetBytes($"{root}dead:{lane.Contract}");
        Letters = Encoding.UTF8.GetBytes($"{root}letters:{lane.Contract}");
    }

    /// <summary>The name of every group.</summary>
    internal static ReadOnlySpan<byte> Group => "tt"u8;

    internal Lane Lane { get; }

    internal QueueKeys Queue { get; }

    internal byte[] Stream { get; }

    internal byte[] Due { get; }

    internal byte[] Tasks { get; }

    internal byte[] Meta { get; }

    internal byte[] Dead { get; }

    internal byte[] Letters { get; }

    /// <summary>Whether a name may be part of a key: braces would move the slot, and control characters and spaces spoil every tool.</summary>
    internal static bool IsName(string? name) =>
        name is { Length: > 0 and <= 200 } && !name.AsSpan().ContainsAny("{}/") && !name.Any(static character => char.IsControl(character) || char.IsWhiteSpace(character));
}
