using System.Buffers.Binary;
using System.Numerics;

namespace TypedTasks.Chaos.Ledgers;

/// <summary>What a record says. The numbers are what is in the files.</summary>
internal enum LedgerEvent : byte
{
    /// <summary>A producer is about to enqueue the task; the value is its delay in milliseconds.</summary>
    Intent = 1,

    /// <summary>The engine accepted the task.</summary>
    Accepted = 2,

    /// <summary>The engine did not say; the producer asks again under the same id.</summary>
    Unconfirmed = 3,

    /// <summary>The engine refused; the producer asks again under the same id.</summary>
    Refused = 4,

    /// <summary>A handler began; process and value name the run.</summary>
    Start = 5,

    /// <summary>The handler did its work; process and value name the run.</summary>
    Effect = 6,

    /// <summary>A waiter was given the result of this run.</summary>
    Outcome = 7,

    /// <summary>A waiter was told that the task is a dead letter.</summary>
    DeadLetter = 8,

    /// <summary>A waiter was told nothing in time, or something else than a result.</summary>
    NoAnswer = 9,

    /// <summary>The fence of the run that starts next in this ledger under this number; it stands in the place of the time.</summary>
    Fence = 10,

    /// <summary>What tells the id of the run that starts next in this ledger under this number from others; it stands in the place of the time.</summary>
    TaskId = 11,

    /// <summary>A fault begins: the value is its <see cref="FaultKind"/>, the process its victim, the number counts faults.</summary>
    FaultBegan = 16,

    /// <summary>What was broken is whole again.</summary>
    FaultEnded = 17,
}

/// <summary>What is done to a run.</summary>
internal enum FaultKind
{
    BrokerKill = 1,
    BrokerRestart = 2,
    WorkerKill = 3,
    WorkerPause = 4,
    WorkerStop = 5,
    ProducerKill = 6,
    Cut = 7,
    HalfOpen = 8,
    Partition = 9,
    ScriptFlush = 10,

    /// <summary>The broker, right after a task was worked at: while it is being settled.</summary>
    SettleKill = 11,

    /// <summary>Everything is late, and comes in small pieces.</summary>
    Slow = 12,

    /// <summary>A worker that ended without our doing: a poison task's.</summary>
    WorkerDied = 32,
}

/// <summary>A line of a ledger: 32 bytes, the last four of which are a checksum, so that half a record is recognised.</summary>
/// <param name="Number">The task, or the fault.</param>
/// <param name="Event">What happened.</param>
/// <param name="Kind">The task's kind.</param>
/// <param name="Attempt">The attempt, of a start or an effect.</param>
/// <param name="Process">The process that it happened in, or to.</param>
/// <param name="Value">See the event.</param>
/// <param name="Micros">When, by the wall clock that all processes share: microseconds since 1970.</param>
internal readonly record struct LedgerRecord(long Number, LedgerEvent Event, TaskKind Kind, int Attempt, int Process, int Value, long Micros)
{
    public const int Size = 32;
    private const int Checked = Size - sizeof(uint);

    public static long Now => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Which run of which process.</summary>
    public RunId Run => new(Process, Value);

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteInt64LittleEndian(destination, Number);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], Micros);
        BinaryPrimitives.WriteInt32LittleEndian(destination[16..], Process);
        BinaryPrimitives.WriteInt32LittleEndian(destination[20..], Value);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[24..], (ushort)Math.Clamp(Attempt, 0, ushort.MaxValue));
        destination[26] = (byte)Event;
        destination[27] = (byte)Kind;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[Checked..], ChecksumOf(destination[..Checked]));
    }

    /// <summary>False for bytes that are no record: torn, or never written.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out LedgerRecord record)
    {
        record = default;
        if (source.Length < Size || BinaryPrimitives.ReadUInt32LittleEndian(source[Checked..]) != ChecksumOf(source[..Checked]))
        {
            return false;
        }

        record = new LedgerRecord(
            BinaryPrimitives.ReadInt64LittleEndian(source),
            (LedgerEvent)source[26],
            (TaskKind)source[27],
            BinaryPrimitives.ReadUInt16LittleEndian(source[24..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[20..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[8..]));
        return true;
    }

    // Begins with a number that is not zero, so that a hole of zeros is no record.
    private static uint ChecksumOf(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0xC4A05;
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt32LittleEndian(bytes));
        }

        return sum;
    }
}

/// <summary>One run of a handler: the process, and which of its runs.</summary>
internal readonly record struct RunId(int Process, int Run)
{
    /// <summary>As a task returns it.</summary>
    public long ToResult() => ((long)Process << 32) | (uint)Run;

    public static RunId OfResult(long result) => new((int)(result >> 32), (int)result);
}
