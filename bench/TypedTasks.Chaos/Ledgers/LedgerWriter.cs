using Microsoft.Win32.SafeHandles;

namespace TypedTasks.Chaos.Ledgers;

/// <summary>
/// A process's own ledger: a record is one write to the operating system, so a process that is killed loses none that was written, and leaves at most half of one.
/// Safe from any thread.
/// </summary>
internal sealed class LedgerWriter : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly Lock _gate = new();
    private readonly byte[] _buffer = new byte[LedgerRecord.Size];
    private long _length;

    public LedgerWriter(string path) => _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);

    /// <summary>Where a role's process keeps its ledger.</summary>
    public static string PathOf(string folder, string role, int process) => Path.Combine(folder, $"{role}-{process}.ledger");

    /// <summary>Writes a record, with the time that it is unless something else is to stand there.</summary>
    public void Write(long number, LedgerEvent what, TaskKind kind = default, int attempt = 0, int value = 0, int? process = null, long? micros = null)
    {
        lock (_gate)
        {
            new LedgerRecord(number, what, kind, attempt, process ?? Environment.ProcessId, value, micros ?? LedgerRecord.Now).Write(_buffer);
            RandomAccess.Write(_file, _buffer, _length);
            _length += LedgerRecord.Size;
        }
    }

    public void Dispose() => _file.Dispose();
}
