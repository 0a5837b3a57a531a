using System.Buffers;
using TypedTasks.Engine;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Streams;

/// <summary>A delivery with memory of its own, used again after it was settled.</summary>
internal sealed class RedisDelivery : Delivery
{
    private const int KeepBuffer = 64 * 1024;

    private byte[] _bytes = [];
    private int _length;
    private int _attempt;
    private long _fence;

    public override ReadOnlyMemory<byte> Envelope => _bytes.AsMemory(0, _length);

    public override int Attempt => _attempt;

    public override long Fence => _fence;

    internal LaneConsumer? Owner { get; set; }

    internal EntryId Entry { get; private set; }

    /// <summary>How often Redis delivered this entry; a claim raises it.</summary>
    internal int Deliveries { get; private set; }

    internal TaskId Id { get; private set; }

    /// <summary>The epoch that the consumer knew before it asked for this delivery.</summary>
    internal long Epoch { get; set; }

    /// <summary>When it came or was last renewed while nobody had it yet, in milliseconds.</summary>
    internal long HeldSince { get; set; }

    /// <summary>Reads the fields <c>i id e envelope [a attempts]</c>.</summary>
    internal void Load(EntryId entry, int deliveries, ref RespReader reply)
    {
        Entry = entry;
        Deliveries = deliveries;
        int attempts = 0;
        _length = 0;
        Id = default;
        int fields = reply.ReadArray();
        for (int index = 0; index + 1 < fields; index += 2)
        {
            ReadOnlySpan<byte> name = reply.ReadBytes();
            ReadOnlySpan<byte> value = reply.ReadBytes();
            switch (name)
            {
                case [(byte)'i'] when value.Length == TaskId.Size:
                    Id = TaskId.Read(value);
                    break;
                case [(byte)'e']:
                    Keep(value);
                    break;
                case [(byte)'a'] when RespNumber.TryParse(value, out long number):
                    attempts = (int)Math.Clamp(number, 0, int.MaxValue / 2);
                    break;
            }
        }

        _attempt = attempts + deliveries;
        _fence = entry.Fence(deliveries);
    }

    internal void Clear()
    {
        Owner = null;
        _length = 0;
        if (_bytes.Length > KeepBuffer)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    private void Keep(ReadOnlySpan<byte> value)
    {
        if (_bytes.Length < value.Length)
        {
            if (_bytes.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
            }

            _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(value.Length, 256));
        }

        value.CopyTo(_bytes);
        _length = value.Length;
    }
}
