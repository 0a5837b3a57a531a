using TypedTasks.Chaos.Checking;
using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Tests;

/// <summary>Ledgers as processes would have written them: told line by line, a millisecond apart, and read back from their bytes.</summary>
internal sealed class Book
{
    private readonly SortedDictionary<int, List<byte>> _files = [];
    private long _micros = 1_000_000_000;

    /// <summary>Time passes.</summary>
    public Book Wait(int milliseconds)
    {
        _micros += milliseconds * 1000L;
        return this;
    }

    public Book Intent(long number, TaskKind kind, int delay = 0) => Write(1, new LedgerRecord(number, LedgerEvent.Intent, kind, 0, 1, delay, 0));

    public Book Accepted(long number, TaskKind kind) => Write(1, new LedgerRecord(number, LedgerEvent.Accepted, kind, 0, 1, 0, 0));

    public Book Asked(long number, TaskKind kind) => Intent(number, kind).Accepted(number, kind);

    public Book Start(long number, TaskKind kind, int process, int run, int attempt = 1, long fence = 0) =>
        Write(process, new LedgerRecord(number, LedgerEvent.Fence, kind, attempt, process, run, fence)).Write(process, new LedgerRecord(number, LedgerEvent.Start, kind, attempt, process, run, 0));

    /// <summary>A step of a canvas runs, under the id that has this mark; one that is to fail does.</summary>
    public Book Step(long number, int process, int run, long mark)
    {
        TaskKind kind = Graph.KindOf(number);
        Write(process, new LedgerRecord(number, LedgerEvent.TaskId, kind, 1, process, run, mark)).Write(process, new LedgerRecord(number, LedgerEvent.Start, kind, 1, process, run, 0));
        return kind == TaskKind.Doomed ? this : Effect(number, kind, process, run);
    }

    /// <summary>An occurrence of a schedule runs, under the id that has this mark.</summary>
    public Book Occurrence(long number, int process, int run, long mark) =>
        Write(process, new LedgerRecord(number, LedgerEvent.TaskId, TaskKind.Occurrence, 1, process, run, mark)).Ran(number, TaskKind.Occurrence, process, run);

    public Book Effect(long number, TaskKind kind, int process, int run) => Write(process, new LedgerRecord(number, LedgerEvent.Effect, kind, 1, process, run, 0));

    public Book Ran(long number, TaskKind kind, int process, int run, long fence = 0) => Start(number, kind, process, run, fence: fence).Effect(number, kind, process, run);

    public Book Outcome(long number, TaskKind kind, int process, int run) => Write(1, new LedgerRecord(number, LedgerEvent.Outcome, kind, 0, process, run, 0));

    public Book Told(LedgerEvent what, long number, TaskKind kind) => Write(1, new LedgerRecord(number, what, kind, 0, 1, 0, 0));

    public Book Fault(FaultKind kind, int process, int milliseconds = 1, Action<Book>? meanwhile = null)
    {
        long fault = _micros;
        Write(2, new LedgerRecord(fault, LedgerEvent.FaultBegan, default, 0, process, (int)kind, 0)).Wait(milliseconds);
        meanwhile?.Invoke(this);
        return Write(2, new LedgerRecord(fault, LedgerEvent.FaultEnded, default, 0, process, (int)kind, 0));
    }

    /// <summary>The last bytes that a process wrote are not there.</summary>
    public Book Tear(int process, int bytes)
    {
        List<byte> file = _files[process];
        file.RemoveRange(file.Count - bytes, bytes);
        return this;
    }

    /// <summary>A bit of a process's record is another one.</summary>
    public Book Damage(int process, int record)
    {
        _files[process][(record * LedgerRecord.Size) + 5] ^= 1;
        return this;
    }

    public Verdict Check(CheckRules? rules = null) => Checker.Check(_files.Values.Select(file => LedgerFile.Read(file.ToArray())), rules ?? new CheckRules());

    private Book Write(int process, LedgerRecord record)
    {
        byte[] bytes = new byte[LedgerRecord.Size];
        bool hasNoTime = record.Event is LedgerEvent.Fence or LedgerEvent.TaskId;
        (hasNoTime ? record : record with { Micros = _micros }).Write(bytes);
        if (!_files.TryGetValue(process, out List<byte>? file))
        {
            _files.Add(process, file = []);
        }

        file.AddRange(bytes);
        return hasNoTime ? this : Wait(1);
    }
}
