using System.Collections.Concurrent;
using System.Text;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>
/// Every name that reaches the server, in one place (with the prefix <c>tt</c>):
/// <code>
/// stream tt_q_{queue}   tt.q.{queue}.{contract}.fresh                   tasks that are ready; a durable consumer {contract} a lane
///                       tt.q.{queue}.{contract}.{id}                    those whose id may have been published before
/// stream tt_delay       tt.d.{queue}.{contract}.{second}                tasks that wait, by the second they are due in (Unix time, hex)
/// stream tt_dead        tt.x.{queue}.{contract}.{id}                    dead letters
/// stream tt_tasks       tt.t.{id}                                       what is known of a task: claims, retries, outcomes
/// stream tt_state       tt.s.{key}                                      the key-value state
///                       tt.b.{channel}                                  broadcasts, kept nowhere
/// </code>
/// Where the id stands in the subject, a stream holds a task once: a publish expects the subject to be empty, which survives restarts where the server's memory
/// of message ids does not, and the task can be found by its id. That costs the server an entry in its index of subjects for every message, half of what it can take; so tasks whose id was made for
/// their very publishing share one subject of their lane, are told apart by the message id alone, and found by the time in their id (<see cref="FreshTasks"/>).
/// Every subject that is looked up is looked up whole: a server of 2.9 finds a literal subject at once, and walks through all messages for one with wildcards.
/// </summary>
internal sealed class Names(string prefix, string? domain)
{
    private readonly ConcurrentDictionary<Lane, LaneNames> _lanes = new();
    private LaneNames? _recent;

    /// <summary>Begins the subjects of the JetStream API.</summary>
    public string Api { get; } = domain is null ? "$JS.API." : $"$JS.{domain}.API.";

    public string DelayStream { get; } = StreamName(prefix, "_delay");

    public string DeadStream { get; } = StreamName(prefix, "_dead");

    public string TaskStream { get; } = StreamName(prefix, "_tasks");

    public string StateStream { get; } = StreamName(prefix, "_state");

    public string QueueStreamPrefix { get; } = StreamName(prefix, "_q_");

    public string Delays { get; } = $"{prefix}.d.";

    public string Dead { get; } = $"{prefix}.x.";

    public string Queues { get; } = $"{prefix}.q.";

    public string Tasks { get; } = $"{prefix}.t.";

    public string State { get; } = $"{prefix}.s.";

    public string Broadcasts { get; } = $"{prefix}.b.";

    /// <summary>The names of a lane, made once.</summary>
    public LaneNames Of(Lane lane)
    {
        // A producer publishes to few lanes, and their names are the same objects every time.
        if (Volatile.Read(ref _recent) is { } recent && ReferenceEquals(recent.Lane.Queue, lane.Queue) && ReferenceEquals(recent.Lane.Contract, lane.Contract))
        {
            return recent;
        }

        LaneNames names = _lanes.GetOrAdd(lane, static (key, self) => new LaneNames(self, key), this);
        Volatile.Write(ref _recent, names);
        return names;
    }

    public string QueueStream(string queue) => QueueStreamPrefix + SubjectToken.Escape(queue);

    private static string StreamName(string prefix, string end) => prefix.Replace('.', '_') + end;
}

/// <summary>The names of one lane.</summary>
internal sealed class LaneNames
{
    public LaneNames(Names names, Lane lane)
    {
        Lane = lane;
        string queue = SubjectToken.Escape(lane.Queue);
        Consumer = SubjectToken.Escape(lane.Contract);
        Stream = names.QueueStream(lane.Queue);
        Subject = $"{names.Queues}{queue}.{Consumer}.";
        SubjectBytes = Encoding.ASCII.GetBytes(Subject);
        Filter = Subject + "*";
        Fresh = Subject + "fresh";
        FreshBytes = Encoding.ASCII.GetBytes(Fresh);
        Dead = $"{names.Dead}{queue}.{Consumer}.";
        DelayPrefix = $"{names.Delays}{queue}.{Consumer}.";
        Next = Encoding.ASCII.GetBytes($"{names.Api}CONSUMER.MSG.NEXT.{Stream}.{Consumer}");
    }

    public Lane Lane { get; }

    /// <summary>Whether the lane is known to exist on the server.</summary>
    public bool IsMade
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>The queue's stream.</summary>
    public string Stream { get; }

    /// <summary>The lane's durable consumer.</summary>
    public string Consumer { get; }

    /// <summary>What a task's id is appended to.</summary>
    public string Subject { get; }

    public byte[] SubjectBytes { get; }

    /// <summary>The subjects of all the lane's tasks.</summary>
    public string Filter { get; }

    /// <summary>The subject that tasks share whose id was made for their publishing.</summary>
    public string Fresh { get; }

    public byte[] FreshBytes { get; }

    /// <summary>What a dead letter's id is appended to.</summary>
    public string Dead { get; }

    /// <summary>What a bucket is appended to.</summary>
    public string DelayPrefix { get; }

    /// <summary>The subject to pull from.</summary>
    public byte[] Next { get; }

    /// <summary>The subject of the tasks that are due in a second.</summary>
    public string Delay(long second) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{DelayPrefix}{Math.Max(0, second):x10}");
}
