using TypedTasks.Engine;
using TypedTasks.Redis.Resp;
using TypedTasks.Redis.Streams;
using TypedTasks.Shared;

namespace TypedTasks.Redis;

/// <summary>Publishing, and finding what was published.</summary>
public sealed partial class RedisEngine
{
    /// <summary>A page of the search for a task: enough to get on, little enough to keep nobody from the server.</summary>
    private const int SearchPage = 500;

    /// <summary>How far the clock of a process that made an id may be from that of the server, when its tasks are looked for by their ids' time.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(1);

    private LaneState? _latestLane;
    private int _waitingPublishers;
    private long _waitingBytes;

    /// <summary>How many publishers wait for room in a full lane.</summary>
    internal int WaitingPublishers => Volatile.Read(ref _waitingPublishers);

    /// <summary>A publisher is to wait for room, with the envelope that it brought; false where too many do, or too much.</summary>
    internal bool TryBeginWait(int bytes)
    {
        int publishers = Interlocked.Increment(ref _waitingPublishers);
        if (Interlocked.Add(ref _waitingBytes, bytes) <= Options.MaxInFlightBytes && publishers <= Options.MaxInFlight)
        {
            return true;
        }

        EndWait(bytes);
        return false;
    }

    /// <summary>It waits no more.</summary>
    internal void EndWait(int bytes)
    {
        Interlocked.Decrement(ref _waitingPublishers);
        Interlocked.Add(ref _waitingBytes, -bytes);
    }

    /// <inheritdoc/>
    public ValueTask<PublishStatus> PublishAsync<TEnvelope>(TaskAddress address, TEnvelope envelope, CancellationToken cancellationToken)
        where TEnvelope : struct, IEnvelopeSource
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<PublishStatus>(cancellationToken);
        }

        LaneState? lane = _latestLane;
        if (lane is null || !ReferenceEquals(lane.Keys.Lane.Queue, address.Lane.Queue) || !ReferenceEquals(lane.Keys.Lane.Contract, address.Lane.Contract))
        {
            try
            {
                _latestLane = lane = StateOf(address.Lane);
            }
            catch (TaskConfigurationException exception)
            {
                return ValueTask.FromException<PublishStatus>(new TaskRejectedException(address.Id, TaskRejection.Refused, exception.Message, exception));
            }
        }

        PublishCall call = PublishCalls.Rent();
        try
        {
            envelope.WriteTo(call.Reserve(lane));
        }
        catch (Exception exception)
        {
            call.Discard();
            return ValueTask.FromException<PublishStatus>(exception);
        }

        if (FindRefusal(in address, call.EnvelopeLength) is { } refusal)
        {
            call.Discard();
            return ValueTask.FromException<PublishStatus>(refusal);
        }

        call.Prepare(in address, cancellationToken);
        ValueTask<PublishStatus> result = call.Result;
        call.SendFirst();
        return result;
    }

    internal string FullMessage(Lane lane) =>
        $"The lane {lane} is full and stayed full: it holds {Options.MaxTasksPerLane} tasks ({nameof(RedisEngineOptions)}.{nameof(RedisEngineOptions.MaxTasksPerLane)}).";

    /// <summary>
    /// Looks for a task that has not ended, first where it is written down, then in the stream from a millisecond on.
    /// After <paramref name="maxPages"/> it gives up, and takes the task for queued. On demand, what is not on enough replicas is no answer.
    /// </summary>
    internal async Task<TaskState> FindInLaneAsync(
        LaneState lane, TaskId id, long sinceMilliseconds, int maxPages, bool needsReplicas = false, CancellationToken cancellationToken = default)
    {
        byte[] start = System.Text.Encoding.ASCII.GetBytes(sinceMilliseconds == long.MaxValue ? "+" : sinceMilliseconds <= 0 ? "-" : $"{sinceMilliseconds}-0");
        LaneKeys keys = lane.Keys;
        for (int page = 0; page < maxPages; page++)
        {
            RespValue answer = await RunAsync(
                LuaScript.Find, keys.Queue.Slot, [keys.Stream, keys.Tasks], [LaneKeys.Group.ToArray(), Bytes(id), start, Number(SearchPage)], needsReplicas, cancellationToken).ConfigureAwait(false);
            var state = (TaskState)answer[0].Integer;
            if (state != TaskState.Unknown || answer[1].Bytes.Length == 0)
            {
                return state;
            }

            start = [(byte)'(', .. answer[1].Bytes];
        }

        return TaskState.Queued;
    }

    /// <summary>From which millisecond on a task's entry can be: known for this process's latest, else from the time in a version 7 id, else nowhere.</summary>
    internal long EntrySince(TaskId id)
    {
        if (Recent.TryGet(id, out long since))
        {
            return since;
        }

        return IdTime.TryRead(id, out long made) ? Math.Max(0, made - (long)ClockMargin.TotalMilliseconds) : long.MaxValue;
    }

    private Exception? FindRefusal(in TaskAddress address, int length)
    {
        if (address.Id.IsEmpty)
        {
            return new ArgumentException("A task needs an id.", nameof(address));
        }

        if (_stopped)
        {
            return new TaskRejectedException(address.Id, TaskRejection.Stopped, $"The task {address.Id} was not accepted: the Redis engine is stopped.");
        }

        return length <= Options.MaxEnvelopeLength ? null : new TaskRejectedException(
            address.Id,
            TaskRejection.TooLarge,
            $"The task {address.Id} was not accepted: it is {length} bytes long, and the Redis engine takes {Options.MaxEnvelopeLength} ({nameof(RedisEngineOptions)}.{nameof(RedisEngineOptions.MaxEnvelopeLength)}).");
    }
}
