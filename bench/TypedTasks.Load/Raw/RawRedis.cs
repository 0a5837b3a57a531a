using System.Buffers.Text;
using System.Text;
using TypedTasks.Redis.Resp;
using TypedTasks.Redis.Streams;

namespace TypedTasks.Load.Raw;

/// <summary>Redis Streams over bare sockets: one <c>XADD</c> a task, and <c>XREADGROUP</c>, <c>XACK</c> and <c>XDEL</c> a batch.</summary>
internal sealed class RawRedis : RawWire
{
    /// <summary>As many as the engine settles at once.</summary>
    private const int Batch = 256;

    private readonly LaneKeys _lane;
    private readonly RawSocket _publishing;
    private readonly RawSocket _working;
    private readonly RespBuffer _settle = new();
    private readonly byte[][] _entries = [.. Enumerable.Range(0, Batch).Select(static _ => new byte[48])];
    private readonly int[] _lengths = new int[Batch];
    private byte[] _frame = [];
    private byte[] _payload = [];
    private int _idAt;
    private long _number;

    public RawRedis(string host, int port, LaneKeys lane)
    {
        _lane = lane;
        _publishing = new RawSocket(host, port);
        _working = new RawSocket(host, port);
    }

    public override void LearnFrame()
    {
        Take(1, 1, Nothing, Nothing, keep: true);
        var frame = new RespBuffer();
        frame.WriteCommand(7);
        frame.WriteBulk("XADD"u8);
        frame.WriteBulk(_lane.Stream);
        frame.WriteBulk("*"u8);
        frame.WriteBulk("i"u8);
        frame.WriteBulk(new byte[TaskId.Size]);
        _idAt = frame.Length - TaskId.Size - 2;
        frame.WriteBulk("e"u8);
        frame.WriteBulk(_payload);
        _frame = frame.Span.ToArray();
    }

    protected override RawSocket Publishing => _publishing;

    protected override void WriteTask()
    {
        BitConverter.TryWriteBytes(_frame.AsSpan(_idAt), ++_number);
        _publishing.Write(_frame);
    }

    protected override int ReadAnswer()
    {
        _publishing.ReadBlock(Header(_publishing.ReadLine(), '$'));
        return 1;
    }

    protected override void RoundTrips(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _publishing.Write("*1\r\n$4\r\nPING\r\n"u8);
            _publishing.Flush();
            _publishing.ReadLine();
        }
    }

    protected override void Consume(int count, int credit, Action<int> taken, Action<int> settled) => Take(count, Math.Min(credit, Batch), taken, settled, keep: false);

    public override void Dispose()
    {
        _publishing.Dispose();
        _working.Dispose();
    }

    // Settles what it read and asks for more in one sending, so that the server goes on while the answer is on its way.
    private void Take(int count, int batch, Action<int> onTaken, Action<int> onSettled, bool keep)
    {
        byte[] read = ReadCommand(batch);
        _working.Write(read);
        _working.Flush();
        for (int taken = 0; taken < count;)
        {
            int found = ReadEntries(keep);
            taken += found;
            if (found > 0)
            {
                onTaken(found);
                WriteSettlement(found);
            }

            if (taken < count)
            {
                _working.Write(read);
            }

            _working.Flush();
            if (found > 0)
            {
                Header(_working.ReadLine(), ':');
                Header(_working.ReadLine(), ':');
                onSettled(found);
            }
        }
    }

    private byte[] ReadCommand(int batch)
    {
        var command = new RespBuffer();
        command.WriteCommand(11);
        foreach (string part in (string[])["XREADGROUP", "GROUP"])
        {
            command.WriteBulk(part);
        }

        command.WriteBulk(LaneKeys.Group);
        foreach (string part in (string[])["raw", "COUNT", $"{batch}", "BLOCK", "1000", "STREAMS"])
        {
            command.WriteBulk(part);
        }

        command.WriteBulk(_lane.Stream);
        command.WriteBulk(">"u8);
        return command.Span.ToArray();
    }

    private int ReadEntries(bool keep)
    {
        if (Header(_working.ReadLine(), '*') < 0)
        {
            return 0;
        }

        Header(_working.ReadLine(), '*');
        _working.ReadBlock(Header(_working.ReadLine(), '$'));
        int entries = Header(_working.ReadLine(), '*');
        for (int i = 0; i < entries; i++)
        {
            Header(_working.ReadLine(), '*');
            ReadOnlySpan<byte> entry = _working.ReadBlock(Header(_working.ReadLine(), '$'));
            entry.CopyTo(_entries[i]);
            _lengths[i] = entry.Length;
            int fields = Header(_working.ReadLine(), '*');
            for (int field = 0; field < fields; field++)
            {
                ReadOnlySpan<byte> value = _working.ReadBlock(Header(_working.ReadLine(), '$'));
                if (keep && field == 3)
                {
                    _payload = value.ToArray();
                }
            }
        }

        return entries;
    }

    private void WriteSettlement(int count)
    {
        _settle.Reset();
        _settle.WriteCommand(3 + count);
        _settle.WriteBulk("XACK"u8);
        _settle.WriteBulk(_lane.Stream);
        _settle.WriteBulk(LaneKeys.Group);
        WriteEntries(count);
        _settle.WriteCommand(2 + count);
        _settle.WriteBulk("XDEL"u8);
        _settle.WriteBulk(_lane.Stream);
        WriteEntries(count);
        _working.Write(_settle.Span);
    }

    private void WriteEntries(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _settle.WriteBulk(_entries[i].AsSpan(0, _lengths[i]));
        }
    }

    private static int Header(ReadOnlySpan<byte> line, char type) =>
        line.Length > 1 && line[0] == type && Utf8Parser.TryParse(line[1..], out int number, out _)
            ? number
            : throw new BenchException($"The raw run was refused: {Encoding.UTF8.GetString(line)}");
}
