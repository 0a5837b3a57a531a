using System.Buffers.Text;
using System.Text;
using TypedTasks.Nats.JetStream;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Load.Raw;

/// <summary>JetStream over bare sockets: acknowledged publishes, pulls, and acknowledgements that are confirmed.</summary>
internal sealed class RawNats : RawWire
{
    private const string Inbox = "_INBOX.raw.";
    private readonly LaneNames _lane;
    private readonly RawSocket _publishing;
    private readonly RawSocket _working;
    private readonly OutgoingFrame _task = new();
    private byte[] _frame = [];
    private byte[] _payload = [];
    private int _headerId;
    private long _number;

    public RawNats(string host, int port, LaneNames lane)
    {
        _lane = lane;
        _publishing = Connect(host, port, "p");
        _working = Connect(host, port, "w");
    }

    public override void LearnFrame()
    {
        Take(1, 1, Nothing, Nothing, keep: true);
        if (_payload.Length == 0)
        {
            throw new BenchException("The raw run learned no task.");
        }

        _task.Begin();
        _task.Append(_lane.FreshBytes);
        byte[] reply = Encoding.ASCII.GetBytes(Inbox + "p.1");
        _task.BeginHeaders(reply.Length);
        reply.CopyTo(_task.Reply);
        _task.Append("Nats-Msg-Id: "u8);
        _headerId = _task.Length;
        _task.AppendText(new string('0', 32));
        _task.Append("\r\n"u8);
        _task.BeginPayload();
        _task.Append(_payload);
        _task.End();
        _frame = _task.Written.ToArray();
    }

    protected override RawSocket Publishing => _publishing;

    protected override void WriteTask()
    {
        Count(_frame.AsSpan(_headerId, 32), ++_number);
        _publishing.Write(_frame);
    }

    protected override int ReadAnswer()
    {
        ReadOnlySpan<byte> line = _publishing.ReadLine();
        if (!IsMessage(_publishing, line))
        {
            return 0;
        }

        ReadOnlySpan<byte> answer = _publishing.ReadBlock(LastNumber(line));
        return answer.IndexOf("\"seq\""u8) >= 0 && answer.IndexOf("error"u8) < 0 && answer.IndexOf("duplicate"u8) < 0
            ? 1
            : throw new BenchException($"The raw run was refused: {Encoding.UTF8.GetString(answer)}");
    }

    protected override void RoundTrips(int count)
    {
        Publish(count, 1, Nothing);
        Consume(count, 256, Nothing, Nothing);
    }

    protected override void Consume(int count, int credit, Action<int> taken, Action<int> settled) => Take(count, credit, taken, settled, keep: false);

    public override void Dispose()
    {
        _publishing.Dispose();
        _working.Dispose();
    }

    private void Take(int count, int credit, Action<int> onTaken, Action<int> onSettled, bool keep)
    {
        byte[] confirm = Encoding.ASCII.GetBytes($" {Inbox}w.a 4\r\n+ACK\r\n");
        int asked = 0;
        int taken = 0;
        for (int confirmed = 0; confirmed < count;)
        {
            int missing = Math.Min(credit - (asked - taken), count - asked);
            if (missing > 0 && (2 * missing >= credit || asked + missing == count))
            {
                byte[] body = Encoding.ASCII.GetBytes($"{{\"batch\":{missing},\"expires\":30000000000}}");
                _working.Write("PUB "u8);
                _working.Write(_lane.Next);
                _working.Write(Encoding.ASCII.GetBytes($" {Inbox}w.t {body.Length}\r\n"));
                _working.Write(body);
                _working.Write("\r\n"u8);
                asked += missing;
            }

            _working.Flush();
            do
            {
                ReadOnlySpan<byte> line = _working.ReadLine();
                if (!IsMessage(_working, line))
                {
                    continue;
                }

                // HMSG <subject> <sid> [reply] <headers> <size>: a task has headers and a reply subject; the answer to an acknowledgement has neither. The server leaves two spaces where there is no reply.
                bool hasHeaders = line[0] == (byte)'H';
                int size = LastNumber(line);
                bool isTask = hasHeaders && line.Count((byte)' ') == 5 && !Field(line, 3).IsEmpty;
                if (isTask)
                {
                    taken++;
                    onTaken(1);
                    _working.Write("PUB "u8);
                    _working.Write(Field(line, 3));
                    _working.Write(confirm);
                }
                else if (!hasHeaders)
                {
                    confirmed++;
                    onSettled(1);
                }
                else
                {
                    throw new BenchException("A raw pull ended before its tasks came.");
                }

                int headers = keep && hasHeaders ? Number(Field(line, 4)) : 0;
                ReadOnlySpan<byte> body = _working.ReadBlock(size);
                if (keep && isTask)
                {
                    _payload = body[headers..].ToArray();
                }
            }
            while (_working.HasMore);
        }

        if (taken != count)
        {
            throw new BenchException($"The raw run settled {count} tasks and took {taken}.");
        }
    }

    private static bool IsMessage(RawSocket socket, ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("PING"u8))
        {
            socket.Write("PONG\r\n"u8);
            return false;
        }

        return line.StartsWith("MSG "u8) || line.StartsWith("HMSG "u8) ? true
            : line.StartsWith("-ERR"u8) ? throw new BenchException($"The raw run was refused: {Encoding.UTF8.GetString(line)}")
            : false;
    }

    private static RawSocket Connect(string host, int port, string inbox)
    {
        var socket = new RawSocket(host, port);
        socket.ReadLine();
        socket.Write("CONNECT {\"verbose\":false,\"pedantic\":false,\"protocol\":1,\"headers\":true,\"no_responders\":true}\r\n"u8);
        socket.Write(Encoding.ASCII.GetBytes($"SUB {Inbox}{inbox}.* 1\r\nPING\r\n"));
        socket.Flush();
        while (!socket.ReadLine().StartsWith("PONG"u8))
        {
        }

        return socket;
    }

    private static void Count(Span<byte> digits, long number)
    {
        for (int i = digits.Length - 1; number > 0; i--, number /= 10)
        {
            digits[i] = (byte)('0' + (number % 10));
        }
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, int number)
    {
        for (; number > 0; number--)
        {
            line = line[(line.IndexOf((byte)' ') + 1)..];
        }

        int end = line.IndexOf((byte)' ');
        return end < 0 ? line : line[..end];
    }

    private static int LastNumber(ReadOnlySpan<byte> line) => Number(line[(line.LastIndexOf((byte)' ') + 1)..]);

    private static int Number(ReadOnlySpan<byte> digits) => Utf8Parser.TryParse(digits, out int number, out _) ? number : throw new BenchException("The raw run met a line that is none.");
}
