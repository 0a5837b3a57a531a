using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Streams;

/// <summary>What a read found.</summary>
/// <param name="Count">How many deliveries were handed to their consumers.</param>
/// <param name="Error">What the server refused, or null.</param>
internal readonly record struct ReadAnswer(int Count, RespError? Error);

/// <summary><c>XREADGROUP</c> over one lane or several: each consumer gets what came for its lane, while the reply is read.</summary>
internal sealed class ReadCall(RedisEngine engine) : PooledCall<ReadAnswer>
{
    private readonly List<LaneConsumer> _consumers = [];
    private readonly List<long> _epochs = [];
    private readonly List<RedisDelivery> _parsed = [];
    private RedisRouter? _router;
    private bool _solicited;

    /// <summary>Asks for what is there, without waiting.</summary>
    internal ValueTask<ReadAnswer> ReadNowAsync(LaneConsumer consumer, int count)
    {
        _router = engine.Router;
        _solicited = true;
        Slot = consumer.State.Keys.Queue.Slot;
        _consumers.Add(consumer);
        Write(consumer.NameBytes, count, block: null);
        Begin(CancellationToken.None);
        ValueTask<ReadAnswer> result = Result;
        engine.Router.Send(this);
        return result;
    }

    /// <summary>Waits on the server until something comes for any of the lanes.</summary>
    internal ValueTask<ReadAnswer> ReadBlockingAsync(RespConnection connection, IReadOnlyList<LaneConsumer> consumers, int count, TimeSpan block)
    {
        _router = null;
        _solicited = false;
        Slot = -1;
        _consumers.AddRange(consumers);
        Write(consumers[0].NameBytes, count, block);
        Begin(CancellationToken.None);
        ValueTask<ReadAnswer> result = Result;
        if (!connection.TrySend(this))
        {
            OnLost(new RedisConnectionException("The connection for reading is closed."), sent: false);
        }

        return result;
    }

    internal override void OnReply(ref RespReader reply)
    {
        if (reply.IsError)
        {
            ReadOnlySpan<byte> line = reply.ReadBytes();
            if (_router is null || !_router.TrySendAgain(this, line))
            {
                Finish(new ReadAnswer(0, RespError.Parse(line)), null);
            }

            return;
        }

        int streams = reply.ReadMapOrPairs(out bool pairs);
        int total = 0;
        for (int index = 0; index < streams; index++)
        {
            if (pairs && reply.ReadArray() != 2)
            {
                throw new RespException("XREADGROUP answered with something else than pairs.");
            }

            total += ReadEntries(ref reply, IndexOf(reply.ReadBytes()));
        }

        Finish(new ReadAnswer(total, null), null);
    }

    internal override void OnLost(Exception cause, bool sent) =>
        Finish(default, RedisConnectionException.Of(cause));

    protected override void Recycle()
    {
        _consumers.Clear();
        _epochs.Clear();
        _parsed.Clear();
        engine.ReadCalls.Return(this);
    }

    private int ReadEntries(ref RespReader reply, int index)
    {
        LaneConsumer? consumer = index < 0 ? null : _consumers[index];
        int entries = reply.ReadArray();
        _parsed.Clear();
        for (int number = 0; number < entries; number++)
        {
            if (reply.ReadArray() != 2)
            {
                throw new RespException("A stream entry is something else than an id and its fields.");
            }

            EntryId entry = EntryId.Parse(reply.ReadBytes());
            if (consumer is null)
            {
                reply.Skip();
                continue;
            }

            RedisDelivery delivery = engine.Deliveries.Rent();
            delivery.Load(entry, deliveries: 1, ref reply);
            _parsed.Add(delivery);
        }

        consumer?.Accept(_parsed, _epochs[index], _solicited);
        return _parsed.Count;
    }

    private int IndexOf(ReadOnlySpan<byte> stream)
    {
        for (int index = 0; index < _consumers.Count; index++)
        {
            if (stream.SequenceEqual(_consumers[index].State.Keys.Stream))
            {
                return index;
            }
        }

        return -1;
    }

    private void Write(byte[] name, int count, TimeSpan? block)
    {
        // Known before the read is sent: whatever it delivers cannot have had another owner in an earlier epoch.
        foreach (LaneConsumer consumer in _consumers)
        {
            _epochs.Add(consumer.Epoch);
        }

        Request.WriteCommand(7 + (block is null ? 0 : 2) + (2 * _consumers.Count));
        Request.WriteBulk("XREADGROUP"u8);
        Request.WriteBulk("GROUP"u8);
        Request.WriteBulk(LaneKeys.Group);
        Request.WriteBulk(name);
        Request.WriteBulk("COUNT"u8);
        Request.WriteBulk(count);
        if (block is { } limit)
        {
            Request.WriteBulk("BLOCK"u8);
            Request.WriteBulk((long)limit.TotalMilliseconds);
        }

        Request.WriteBulk("STREAMS"u8);
        foreach (LaneConsumer consumer in _consumers)
        {
            Request.WriteBulk(consumer.State.Keys.Stream);
        }

        for (int index = 0; index < _consumers.Count; index++)
        {
            Request.WriteBulk(">"u8);
        }
    }
}
