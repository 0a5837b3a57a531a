using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>A task in the delay stream.</summary>
/// <param name="Message">The message.</param>
/// <param name="Id">The task.</param>
/// <param name="Round">Its round: requeueing begins another.</param>
/// <param name="Due">Not before this, in Unix milliseconds.</param>
internal readonly record struct DueTask(StoredMessage Message, TaskId Id, int Round, long Due);

/// <summary>Reads the tasks of a lane that are due in some seconds, side by side and some at a time: a second may hold a million, and they are payloads.</summary>
internal sealed class DueTasks(NatsEngine engine, LaneNames lane, IReadOnlyList<long> seconds)
{
    /// <summary>From here on no second is read further for now; each may have one message under way.</summary>
    public const int MostTasks = 256;

    private const long MostBytes = 8 * 1024 * 1024;

    // The sequence from which each second is read on; 0 at its end.
    private readonly ulong[] _next = [.. seconds.Select(_ => 1UL)];

    /// <summary>The first second that is not read to its end; <see cref="long.MaxValue"/> when all are.</summary>
    public long FirstLeft => seconds.Where((_, index) => _next[index] != 0).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>Reads some more.</summary>
    public async ValueTask<List<DueTask>> ReadAsync(CancellationToken cancellationToken)
    {
        var room = new Room();
        List<DueTask>[] found = await Task.WhenAll(Enumerable.Range(0, seconds.Count).Where(index => _next[index] != 0).Select(index => ReadSecondAsync(index, room, cancellationToken))).ConfigureAwait(false);
        return [.. found.SelectMany(tasks => tasks)];
    }

    private async Task<List<DueTask>> ReadSecondAsync(int index, Room room, CancellationToken cancellationToken)
    {
        var tasks = new List<DueTask>();
        string subject = lane.Delay(seconds[index]);
        while (room.IsLeft)
        {
            if (await engine.WorkApi.GetNextAsync(engine.Names.DelayStream, subject, _next[index], cancellationToken).ConfigureAwait(false) is not { } message)
            {
                _next[index] = 0;
                break;
            }

            _next[index] = message.Sequence + 1;

            // What bears no id is not ours: left alone, and in nobody's way.
            if (TryReadId(message, out TaskId id))
            {
                room.Take(message.Payload.Length);
                tasks.Add(new DueTask(message, id, (int)message.Number(TaskHeaders.Round), message.Number(TaskHeaders.Due)));
            }
        }

        return tasks;
    }

    private static bool TryReadId(in StoredMessage message, out TaskId id)
    {
        id = default;
        return new NatsHeaders(message.Headers.Span).TryGet(TaskHeaders.Id, out ReadOnlySpan<byte> text)
            && TaskHeaders.TryReadId(text, out id);
    }

    /// <summary>How much more may be read, for all seconds together.</summary>
    private sealed class Room
    {
        private long _bytes = MostBytes;
        private int _tasks = MostTasks;

        public bool IsLeft => Volatile.Read(ref _tasks) > 0 && Interlocked.Read(ref _bytes) > 0;

        public void Take(int bytes)
        {
            Interlocked.Decrement(ref _tasks);
            Interlocked.Add(ref _bytes, -bytes);
        }
    }
}
