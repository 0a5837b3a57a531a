using Microsoft.Win32.SafeHandles;

namespace TypedTasks.Chaos.Ledgers;

/// <summary>Follows a ledger while its process writes it.</summary>
internal sealed class LedgerTail(string path) : IDisposable
{
    private readonly byte[] _buffer = new byte[1024 * LedgerRecord.Size];
    private SafeFileHandle? _file;
    private long _position;

    /// <summary>Hands on what was written since it was last asked.</summary>
    public void Read(Action<LedgerRecord> take)
    {
        if (_file is null)
        {
            if (!File.Exists(path))
            {
                return;
            }

            _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }

        int read;
        do
        {
            read = RandomAccess.Read(_file, _buffer, _position);
            for (int at = 0; at + LedgerRecord.Size <= read; at += LedgerRecord.Size)
            {
                if (!LedgerRecord.TryRead(_buffer.AsSpan(at), out LedgerRecord record))
                {
                    // Not all of it is there yet.
                    return;
                }

                _position += LedgerRecord.Size;
                take(record);
            }
        }
        while (read == _buffer.Length);
    }

    public void Dispose() => _file?.Dispose();
}
