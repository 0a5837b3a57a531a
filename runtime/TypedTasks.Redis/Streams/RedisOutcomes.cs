using TypedTasks.Engine;
using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Streams;

/// <summary>
/// The outcomes. An id does not say which queue its task was in, so all known queues are asked at once; there are few.
/// </summary>
/// <remarks>
/// Whoever waits says so first in a key of each queue, then listens, then reads: whatever settles after that publishes, and whatever settled before is
/// read. A message can still be lost with its connection, so the waiter reads again from time to time, ever less often.
/// </remarks>
internal sealed class RedisOutcomes(RedisEngine engine) : IOutcomeStore
{
    /// <summary>How long the key that says somebody waits lives, and how often it is written at most.</summary>
    private const int WaitingLifetime = 60_000;
    private const int WaitingRenewal = 20_000;

    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(15);

    /// <summary>Pages of a lane to search for a task of another process before it is taken for queued.</summary>
    private const int SearchPages = 64;

    private long _lanesReadAt = long.MinValue / 2;
    private long _waitingSaidAt = long.MinValue / 2;
    private int _waitingSaidQueues;

    public async ValueTask<TaskStatusReport> GetAsync(TaskId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        engine.ThrowIfStopped();
        try
        {
            return await LookAsync(id, search: true, cancellationToken).ConfigureAwait(false);
        }
        catch (TaskEngineException exception) when (exception.InnerException is RedisConnectionException && !engine.IsStopped)
        {
            // Its connection ended under way. A read may be repeated, and the next connection is made meanwhile.
            return await LookAsync(id, search: true, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<TaskStatusReport> WaitAsync(TaskId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        engine.ThrowIfStopped();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, engine.Stopping);
        try
        {
            return await WaitUntilEndedAsync(id, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (engine.IsStopped && !cancellationToken.IsCancellationRequested && exception is OperationCanceledException or ObjectDisposedException)
        {
            throw new TaskEngineException("The Redis engine is stopped.", exception);
        }
    }

    public async ValueTask ForgetAsync(TaskId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await ReadLanesNowAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(engine.KnownQueues.Select(queue => engine.AskAsync(OutcomeCommand("DEL"u8, queue, id), cancellationToken))).ConfigureAwait(false);
    }

    private async Task<TaskStatusReport> WaitUntilEndedAsync(TaskId id, CancellationToken cancellationToken)
    {
        var heard = new TaskCompletionSource<TaskStatusReport>(TaskCreationOptions.RunContinuationsAsynchronously);
        IAsyncDisposable subscription = await engine.Subscriber.SubscribeAsync(ChannelOf(id), message => heard.TrySetResult(Parse(message)), cancellationToken).ConfigureAwait(false);
        await using (subscription.ConfigureAwait(false))
        {
            // What this process published a moment ago is there: no need to search a long lane for it.
            bool search = !engine.Recent.TryGet(id, out _);
            for (int looks = 1; ; looks++)
            {
                if (await TryLookAsync(id, search, cancellationToken).ConfigureAwait(false) is { } report
                    && (report.HasEnded || (search && report.State == TaskState.Unknown)))
                {
                    return report;
                }

                search = true;
                TimeSpan pause = TimeSpan.FromMilliseconds(Math.Min(LongestLook.TotalMilliseconds, FirstLook.TotalMilliseconds * Math.Pow(2, looks - 1)));
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                if (await Task.WhenAny(heard.Task, Task.Delay(pause, limit.Token)).ConfigureAwait(false) == heard.Task)
                {
                    await limit.CancelAsync().ConfigureAwait(false);
                    return await heard.Task.ConfigureAwait(false);
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<TaskStatusReport?> TryLookAsync(TaskId id, bool search, CancellationToken cancellationToken)
    {
        try
        {
            // Said before it looks, so that an end after the look is announced.
            await SayWaitingAsync(cancellationToken).ConfigureAwait(false);
            return await LookAsync(id, search, cancellationToken).ConfigureAwait(false);
        }
        catch (TaskEngineException) when (!engine.IsStopped)
        {
            // A waiter outlasts a broken connection: it looks again.
            return null;
        }
    }

    private async Task<TaskStatusReport> LookAsync(TaskId id, bool search, CancellationToken cancellationToken)
    {
        await ReadLanesAsync(cancellationToken).ConfigureAwait(false);
        int lanes = engine.LaneCount;
        TaskStatusReport report = await LookInKnownLanesAsync(id, search, cancellationToken).ConfigureAwait(false);
        if (report.State != TaskState.Unknown || !search)
        {
            return report;
        }

        // Unknown is an answer that is believed. It may be in a lane that was made a moment ago, or that another one who asks is just about to hear of.
        await ReadLanesNowAsync(cancellationToken).ConfigureAwait(false);
        return engine.LaneCount == lanes ? report : await LookInKnownLanesAsync(id, search, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TaskStatusReport> LookInKnownLanesAsync(TaskId id, bool search, CancellationToken cancellationToken)
    {
        TaskStatusReport report = await ReadOutcomeAsync(id, cancellationToken).ConfigureAwait(false);
        if (report.HasEnded || !search)
        {
            return report;
        }

        long since = engine.EntrySince(id);
        TaskState[] states = await Task.WhenAll(engine.KnownLanes.Select(lane => engine.FindInLaneAsync(lane, id, since, SearchPages, cancellationToken: cancellationToken))).ConfigureAwait(false);
        if (Array.Find(states, static state => state != TaskState.Unknown) is var found && found != TaskState.Unknown)
        {
            return new TaskStatusReport(found, default);
        }

        // It may have ended between the two looks.
        return await ReadOutcomeAsync(id, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TaskStatusReport> ReadOutcomeAsync(TaskId id, CancellationToken cancellationToken)
    {
        QueueKeys[] queues = [.. engine.KnownQueues];
        Task<RespValue>[] reads = [.. queues.Select(queue => engine.AskAsync(OutcomeCommand("GET"u8, queue, id), cancellationToken))];
        foreach (RespValue value in await Task.WhenAll(reads).ConfigureAwait(false))
        {
            int header = value.IsNull ? -1 : value.Bytes.AsSpan().IndexOf((byte)';');
            if (header > 0)
            {
                return new TaskStatusReport((TaskState)(value.Bytes[0] - '0'), value.Bytes.AsMemory(header + 1));
            }
        }

        return default;
    }

    /// <summary>Another process may have made lanes that this one has not heard of.</summary>
    private async Task ReadLanesAsync(CancellationToken cancellationToken)
    {
        if (Environment.TickCount64 - Volatile.Read(ref _lanesReadAt) >= 1000)
        {
            await ReadLanesNowAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadLanesNowAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _lanesReadAt, Environment.TickCount64);
        foreach (Lane lane in await engine.Administration.ListLanesAsync(cancellationToken).ConfigureAwait(false))
        {
            engine.StateOf(lane);
        }
    }

    private async Task SayWaitingAsync(CancellationToken cancellationToken)
    {
        await ReadLanesAsync(cancellationToken).ConfigureAwait(false);
        QueueKeys[] queues = [.. engine.KnownQueues];
        long now = Environment.TickCount64;
        if (now - Volatile.Read(ref _waitingSaidAt) < WaitingRenewal && Volatile.Read(ref _waitingSaidQueues) == queues.Length)
        {
            return;
        }

        await Task.WhenAll(queues.Select(queue =>
        {
            var call = new RedisCall { Router = engine.Router, Slot = queue.Slot };
            call.Request.WriteCommand(5);
            call.Request.WriteBulk("SET"u8);
            call.Request.WriteBulk(queue.Waiting);
            call.Request.WriteBulk("1"u8);
            call.Request.WriteBulk("PX"u8);
            call.Request.WriteBulk(WaitingLifetime);
            return engine.AskAsync(call, cancellationToken);
        })).ConfigureAwait(false);
        Volatile.Write(ref _waitingSaidQueues, queues.Length);
        Volatile.Write(ref _waitingSaidAt, now);
    }

    private RedisCall OutcomeCommand(ReadOnlySpan<byte> verb, QueueKeys queue, TaskId id)
    {
        var call = new RedisCall { Router = engine.Router, Slot = queue.Slot };
        call.Request.WriteCommand(2);
        call.Request.WriteBulk(verb);
        call.Request.WriteOutcomeKey(queue, id);
        return call;
    }

    private byte[] ChannelOf(TaskId id) => [.. System.Text.Encoding.UTF8.GetBytes($"{engine.Options.KeyPrefix}:outcome:"), .. RedisEngine.Bytes(id)];

    private static TaskStatusReport Parse(ReadOnlyMemory<byte> message) =>
        message.IsEmpty ? default : new TaskStatusReport((TaskState)(message.Span[0] - '0'), message[1..].ToArray());
}
