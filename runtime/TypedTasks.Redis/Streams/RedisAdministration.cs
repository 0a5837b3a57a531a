using System.Runtime.CompilerServices;
using System.Text;
using TypedTasks.Engine;
using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Streams;

/// <summary>What an operator may see and do. A lane that does not exist is empty.</summary>
internal sealed class RedisAdministration(RedisEngine engine) : IEngineAdministration
{
    private const int LetterPage = 100;
    private const int PurgePage = 500;

    public async ValueTask<IReadOnlyList<Lane>> ListLanesAsync(CancellationToken cancellationToken)
    {
        var call = new RedisCall { Router = engine.Router, Slot = ClusterSlot.Of(engine.LanesKey) };
        call.Request.WriteCommand(2);
        call.Request.WriteBulk("SMEMBERS"u8);
        call.Request.WriteBulk(engine.LanesKey);
        RespValue members = await engine.AskAsync(call, cancellationToken).ConfigureAwait(false);
        return
        [
            .. from member in members.Items
               let parts = member.Text.Split('/')
               where parts.Length == 2 && LaneKeys.IsName(parts[0]) && LaneKeys.IsName(parts[1])
               select new Lane(parts[0], parts[1]),
        ];
    }

    public async ValueTask<LaneStatistics> GetStatisticsAsync(Lane lane, CancellationToken cancellationToken)
    {
        LaneKeys keys = engine.StateOf(lane).Keys;
        RespValue answer = await engine.RunAsync(
            LuaScript.Statistics, keys.Queue.Slot, [keys.Stream, keys.Due, keys.Dead, keys.Queue.Paused], [LaneKeys.Group.ToArray()], cancellationToken).ConfigureAwait(false);
        long entries = answer[0].Integer;
        long pending = answer[1].Integer;
        return new LaneStatistics
        {
            // Settled entries are deleted, so what is left and not pending was not delivered yet.
            Ready = Math.Max(0, entries - pending),
            InFlight = pending,
            Delayed = answer[2].Integer,
            DeadLetters = answer[3].Integer,
            IsPaused = answer[4].Integer == 1,
            OldestReadyAt = answer[5].Bytes.Length == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(EntryId.Parse(answer[5].Bytes).Milliseconds),
        };
    }

    public async IAsyncEnumerable<StoredDeadLetter> ListDeadLettersAsync(Lane lane, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LaneKeys keys = engine.StateOf(lane).Keys;
        int most = Math.Min(LetterPage, engine.MaxEntriesPerRead);
        byte[] after = "0"u8.ToArray();
        while (true)
        {
            RespValue page = await engine.RunAsync(
                LuaScript.Letters, keys.Queue.Slot, [keys.Dead, keys.Letters], [after, RedisEngine.Number(most)], cancellationToken).ConfigureAwait(false);
            foreach (RespValue letter in page.Items)
            {
                after = letter[0].Bytes;
                if (letter.Items.Length == 3 && !letter[2].IsNull && letter[1].Bytes.Length == TaskId.Size)
                {
                    (DeadLetterNote note, byte[] envelope) = DeadLetterFormat.ReadLetter(letter[2].Bytes);
                    yield return new StoredDeadLetter(TaskId.Read(letter[1].Bytes), lane, note, envelope);
                }
            }

            if (page.Items.Length < most)
            {
                yield break;
            }
        }
    }

    public async ValueTask<bool> RequeueDeadLetterAsync(Lane lane, TaskId id, CancellationToken cancellationToken)
    {
        LaneKeys keys = engine.StateOf(lane).Keys;
        byte[] outcome = new byte[keys.Queue.OutcomeLength];
        keys.Queue.Outcome(id, outcome);
        RespValue answer = await engine.RunAsync(
            LuaScript.Requeue, keys.Queue.Slot, [keys.Stream, keys.Tasks, keys.Dead, keys.Letters, outcome], [RedisEngine.Bytes(id)], cancellationToken).ConfigureAwait(false);
        return answer.Integer == 1;
    }

    public async ValueTask<bool> DeleteDeadLetterAsync(Lane lane, TaskId id, CancellationToken cancellationToken)
    {
        LaneKeys keys = engine.StateOf(lane).Keys;
        RespValue answer = await engine.RunAsync(
            LuaScript.Discard, keys.Queue.Slot, [keys.Tasks, keys.Dead, keys.Letters], [RedisEngine.Bytes(id)], cancellationToken).ConfigureAwait(false);
        return answer.Integer == 1;
    }

    public async ValueTask<long> PurgeAsync(Lane lane, CancellationToken cancellationToken)
    {
        LaneKeys keys = engine.StateOf(lane).Keys;
        long purged = 0;
        while (true)
        {
            RespValue answer = await engine.RunAsync(
                LuaScript.Purge,
                keys.Queue.Slot,
                [keys.Stream, keys.Due, keys.Tasks],
                [LaneKeys.Group.ToArray(), RedisEngine.Number(PurgePage), keys.Queue.OutcomeChannel],
                cancellationToken).ConfigureAwait(false);
            purged += answer.Integer;
            if (answer.Integer < PurgePage)
            {
                return purged;
            }
        }
    }

    public ValueTask PauseAsync(string queue, CancellationToken cancellationToken) => SetPausedAsync(queue, paused: true, cancellationToken);

    public ValueTask ResumeAsync(string queue, CancellationToken cancellationToken) => SetPausedAsync(queue, paused: false, cancellationToken);

    /// <summary>Durable first, then told to every worker; this process's own do not wait to be told.</summary>
    private async ValueTask SetPausedAsync(string queue, bool paused, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        QueueKeys keys = engine.QueueOf(queue);
        if (paused)
        {
            await engine.RunAsync(LuaScript.Pause, keys.Slot, [keys.Paused], [], cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var delete = new RedisCall { Router = engine.Router, Slot = keys.Slot };
            delete.Request.WriteCommand(2);
            delete.Request.WriteBulk("DEL"u8);
            delete.Request.WriteBulk(keys.Paused);
            await engine.AskAsync(delete, cancellationToken).ConfigureAwait(false);
        }

        foreach (LaneConsumer consumer in engine.ConsumersOf(queue))
        {
            consumer.SetPaused(paused);
        }

        var tell = new RedisCall("PUBLISH", Encoding.UTF8.GetString(keys.Wake), paused ? "pause" : "resume") { Router = engine.Router };
        await engine.AskAsync(tell, cancellationToken).ConfigureAwait(false);
    }
}
