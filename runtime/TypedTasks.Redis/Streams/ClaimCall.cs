using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Streams;

/// <summary>What a sweep for expired leases found.</summary>
/// <param name="Count">How many were taken over.</param>
/// <param name="Cursor">Where to go on; null at the end.</param>
internal readonly record struct ClaimAnswer(int Count, string? Cursor);

/// <summary>Takes deliveries over whose lease ran out (claim.lua). Once a second at most, so it is not pooled.</summary>
internal sealed class ClaimCall : RespCommand
{
    private const int Page = 200;

    private readonly RedisEngine _engine;
    private readonly LaneConsumer _consumer;
    private readonly TaskCompletionSource<ClaimAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ClaimCall(RedisEngine engine, LaneConsumer consumer, string cursor, int most)
    {
        _engine = engine;
        _consumer = consumer;
        LaneKeys keys = consumer.State.Keys;
        Slot = keys.Queue.Slot;
        LuaScript.Claim.WriteTo(Request, 2, 6);
        Request.WriteBulk(keys.Stream);
        Request.WriteBulk(keys.Meta);
        Request.WriteBulk(LaneKeys.Group);
        Request.WriteBulk(consumer.NameBytes);
        Request.WriteBulk(consumer.LeaseMilliseconds);
        Request.WriteBulk(cursor);
        Request.WriteBulk(most);
        Request.WriteBulk(Page);
    }

    internal Task<ClaimAnswer> SendAsync()
    {
        _engine.Router.Send(this);
        return _answer.Task;
    }

    internal override void OnReply(ref RespReader reply)
    {
        if (reply.IsError)
        {
            ReadOnlySpan<byte> line = reply.ReadBytes();
            if (!_engine.Router.TrySendAgain(this, line))
            {
                _answer.TrySetException(new RedisServerException(RespError.Parse(line)));
            }

            return;
        }

        reply.ReadArray();
        string cursor = reply.ReadText();
        long epoch = RespNumber.ParseOrZero(reply.ReadBytes());
        int count = Math.Max(reply.ReadArray(), 0);
        var taken = new List<RedisDelivery>();
        for (int index = 0; index < count; index++)
        {
            reply.ReadArray();
            EntryId entry = EntryId.Parse(reply.ReadBytes());
            int deliveries = (int)reply.ReadInteger();
            RedisDelivery delivery = _engine.Deliveries.Rent();
            delivery.Load(entry, deliveries, ref reply);
            taken.Add(delivery);
        }

        _consumer.AcceptClaimed(taken, epoch);
        _answer.TrySetResult(new ClaimAnswer(taken.Count, cursor.Length == 0 ? null : "(" + cursor));
    }

    internal override void OnLost(Exception cause, bool sent) =>
        _answer.TrySetException(RedisConnectionException.Of(cause));
}

/// <summary>The server refused a command.</summary>
internal sealed class RedisServerException(RespError error) : Exception(error.Message)
{
    internal RespErrorKind Kind { get; } = error.Kind;
}
