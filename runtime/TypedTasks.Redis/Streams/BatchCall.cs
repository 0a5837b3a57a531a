using TypedTasks.Engine;
using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Resp;
using TypedTasks.Shared;

namespace TypedTasks.Redis.Streams;

/// <summary>What a script answered about a batch of deliveries.</summary>
/// <param name="Epoch">The epoch of the lane.</param>
/// <param name="GroupMissing">Whether the lane has no group any more, so that every lease is lost.</param>
internal readonly record struct BatchAnswer(long Epoch, bool GroupMissing);

/// <summary>Settles or renews a batch of deliveries by one script.</summary>
internal sealed class BatchCall(RedisEngine engine) : PooledCall<BatchAnswer>
{
    /// <summary>The most deliveries in one script: it keeps the server from everybody else.</summary>
    internal const int MaxBatch = 256;

    private Memory<SettleStatus> _statuses;

    internal void WriteSettle(LaneKeys keys, ReadOnlySpan<byte> consumer, ReadOnlySpan<Settlement> settlements)
    {
        int outcomes = 0;
        int arguments = 5;
        foreach (ref readonly Settlement settlement in settlements)
        {
            byte kind = KindOf(in settlement);
            outcomes += kind is (byte)'C' or (byte)'D' ? 1 : 0;
            arguments += kind switch { (byte)'N' => 3, (byte)'C' => 5, (byte)'D' => 6, (byte)'R' => 5, _ => 4 };
        }

        LuaScript.Settle.WriteTo(Request, 7 + outcomes, arguments);
        Request.WriteBulk(keys.Stream);
        Request.WriteBulk(keys.Due);
        Request.WriteBulk(keys.Tasks);
        Request.WriteBulk(keys.Meta);
        Request.WriteBulk(keys.Dead);
        Request.WriteBulk(keys.Letters);
        Request.WriteBulk(keys.Queue.Waiting);
        foreach (ref readonly Settlement settlement in settlements)
        {
            if (KindOf(in settlement) is (byte)'C' or (byte)'D')
            {
                Request.WriteOutcomeKey(keys.Queue, ((RedisDelivery)settlement.Delivery).Id);
            }
        }

        Request.WriteBulk(LaneKeys.Group);
        Request.WriteBulk(consumer);
        WriteEpoch(EpochOf(settlements));
        Request.WriteBulk(keys.Queue.OutcomeChannel);
        Request.WriteBulk(keys.Queue.Wake);
        foreach (ref readonly Settlement settlement in settlements)
        {
            Write(in settlement);
        }
    }

    internal void WriteRenew(LaneKeys keys, ReadOnlySpan<byte> consumer, ReadOnlySpan<Delivery> deliveries)
    {
        LuaScript.Renew.WriteTo(Request, 2, 3 + (2 * deliveries.Length));
        Request.WriteBulk(keys.Stream);
        Request.WriteBulk(keys.Meta);
        Request.WriteBulk(LaneKeys.Group);
        Request.WriteBulk(consumer);
        WriteEpoch(EpochOf(deliveries));
        foreach (Delivery delivery in deliveries)
        {
            var held = (RedisDelivery)delivery;
            Request.WriteBulk(held.Entry);
            Request.WriteBulk(held.Deliveries);
        }
    }

    internal ValueTask<BatchAnswer> SendAsync(int slot, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
    {
        _statuses = statuses;
        Slot = slot;
        Begin(cancellationToken);
        ValueTask<BatchAnswer> result = Result;
        engine.Router.Send(this);
        return result;
    }

    internal override void OnReply(ref RespReader reply)
    {
        if (reply.IsError)
        {
            ReadOnlySpan<byte> line = reply.ReadBytes();
            if (engine.Router.TrySendAgain(this, line))
            {
                return;
            }

            RespError error = RespError.Parse(line);
            bool missing = error.Kind is RespErrorKind.NoGroup;
            if (missing && !IsAbandoned)
            {
                _statuses.Span.Fill(SettleStatus.LeaseLost);
            }

            Finish(new BatchAnswer(0, missing), missing ? null : new TaskEngineException($"Redis refused to settle: {error.Message}"));
            return;
        }

        if (reply.ReadArray() != 2)
        {
            throw new RespException("A script answered with something else than two values.");
        }

        ReadOnlySpan<byte> marks = reply.ReadBytes();
        if (marks.Length != _statuses.Length)
        {
            throw new RespException("A script answered about another number of deliveries than it was asked.");
        }

        // A caller that gave up may have taken its memory elsewhere.
        if (!IsAbandoned)
        {
            Span<SettleStatus> statuses = _statuses.Span;
            for (int index = 0; index < marks.Length; index++)
            {
                statuses[index] = marks[index] == (byte)'1' ? SettleStatus.Done : SettleStatus.LeaseLost;
            }
        }

        Finish(new BatchAnswer(RespNumber.ParseOrZero(reply.ReadBytes()), false), null);
    }

    internal override void OnLost(Exception cause, bool sent) =>
        Finish(default, new TaskEngineException($"Redis did not answer{(sent ? "" : ", nothing was sent")}: {cause.Message}", cause));

    protected override void Recycle()
    {
        _statuses = default;
        engine.BatchCalls.Return(this);
    }

    /// <summary>The letters of settle.lua.</summary>
    private static byte KindOf(in Settlement settlement) => settlement.Kind switch
    {
        SettlementKind.Complete => settlement.KeepOutcome > TimeSpan.Zero ? (byte)'C' : (byte)'N',
        SettlementKind.DeadLetter => (byte)'D',
        SettlementKind.Retry => (byte)'R',
        _ => (byte)'L',
    };

    private void Write(in Settlement settlement)
    {
        var delivery = (RedisDelivery)settlement.Delivery;
        byte kind = KindOf(in settlement);
        Span<byte> head = stackalloc byte[16];
        head[0] = kind;
        head[1] = (byte)('0' + (kind is (byte)'R' or (byte)'L' ? 0 : (int)settlement.State));
        head[2] = (byte)'/';
        System.Buffers.Text.Utf8Formatter.TryFormat(delivery.Deliveries, head[3..], out int digits);
        Request.WriteBulk(head[..(3 + digits)]);
        Request.WriteBulk(delivery.Entry);
        Request.WriteBulk(delivery.Id);
        switch (kind)
        {
            case (byte)'C' or (byte)'D':
                Request.WriteBulk(Milliseconds.UntilEnd(settlement.KeepOutcome));
                Request.WriteBulk(settlement.Outcome.Span);
                if (kind == (byte)'D')
                {
                    Request.WriteBulk(DeadLetterFormat.Write(settlement.Note!));
                }

                break;

            case (byte)'R':
                Request.WriteBulk(settlement.Uncounted ? delivery.Attempt - 1 : delivery.Attempt);
                Request.WriteBulk(Milliseconds.UntilEnd(settlement.Delay));
                break;

            case (byte)'L':
                Request.WriteBulk(delivery.Attempt - 1);
                break;
        }
    }

    private void WriteEpoch(long epoch)
    {
        if (epoch > 0)
        {
            Request.WriteBulk(epoch);
        }
        else
        {
            Request.WriteBulk(default(ReadOnlySpan<byte>));
        }
    }

    /// <summary>The one epoch of all, or 0 when they differ: then every owner is checked.</summary>
    private static long EpochOf(ReadOnlySpan<Settlement> settlements)
    {
        long epoch = ((RedisDelivery)settlements[0].Delivery).Epoch;
        foreach (ref readonly Settlement settlement in settlements)
        {
            epoch = ((RedisDelivery)settlement.Delivery).Epoch == epoch ? epoch : 0;
        }

        return epoch;
    }

    private static long EpochOf(ReadOnlySpan<Delivery> deliveries)
    {
        long epoch = ((RedisDelivery)deliveries[0]).Epoch;
        foreach (Delivery delivery in deliveries)
        {
            epoch = ((RedisDelivery)delivery).Epoch == epoch ? epoch : 0;
        }

        return epoch;
    }
}
