namespace TypedTasks;

/// <summary>
/// Keeps large outcomes as files in one folder, which workers and waiting clients share. A file is written beside its place and then moved there,
/// so that nobody reads half of one; files whose time is over are deleted when others are written.
/// </summary>
/// <remarks>The time until which a file is kept is its last-write time. Safe from any thread and any number of processes.</remarks>
public sealed class FileOutcomeStore : ILargeOutcomeStore
{
    private const string Extension = ".outcome";
    private const string DraftExtension = ".tmp";

    // Looking for old files costs a listing of the folder; once in a while is enough.
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(10);

    // No file takes as long to write: a draft that old was left by a process that was killed.
    private static readonly TimeSpan LongestDraft = TimeSpan.FromDays(1);

    private readonly string _folder;
    private readonly long _maxLength;
    private readonly TimeProvider _time;
    private long _nextSweep;

    /// <summary>Keeps files in <paramref name="folder"/>, which is made if it is not there.</summary>
    /// <param name="folder">The folder; on a share if workers and clients are on several machines.</param>
    /// <param name="maxLength">The largest outcome that is written and read, in bytes.</param>
    /// <param name="timeProvider">The clock; the system's when null.</param>
    /// <exception cref="TaskConfigurationException">The folder cannot be made.</exception>
    public FileOutcomeStore(string folder, long maxLength = 256 * 1024 * 1024, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        _folder = Path.GetFullPath(folder);
        _maxLength = maxLength;
        _time = timeProvider ?? TimeProvider.System;
        try
        {
            Directory.CreateDirectory(_folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new TaskConfigurationException($"The folder '{_folder}' for large outcomes cannot be made: {failure.Message}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(TaskId id, ReadOnlyMemory<byte> outcome, TimeSpan keep, CancellationToken cancellationToken)
    {
        if (outcome.Length > _maxLength)
        {
            throw new MessagePack.PayloadTooLargeException(outcome.Length, _maxLength);
        }

        Sweep();
        string path = PathOf(id);
        string draft = $"{path}.{Guid.NewGuid():N}{DraftExtension}";
        try
        {
            await using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous))
            {
                await file.WriteAsync(outcome, cancellationToken).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            File.SetLastWriteTimeUtc(draft, (_time.GetUtcNow() + keep).UtcDateTime);
            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            TryDelete(draft);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(TaskId id, CancellationToken cancellationToken)
    {
        string path = PathOf(id);
        try
        {
            if (IsOver(path))
            {
                return default;
            }

            long length = new FileInfo(path).Length;
            return length <= _maxLength
                ? await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)
                : throw new MessagePack.PayloadTooLargeException(length, _maxLength);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return default;
        }
    }

    private string PathOf(TaskId id) => Path.Combine(_folder, id + Extension);

    // A missing file's last-write time is in 1601: it is over, too.
    private bool IsOver(string path) => File.GetLastWriteTimeUtc(path) < _time.GetUtcNow().UtcDateTime;

    private void Sweep()
    {
        long now = _time.GetUtcNow().UtcTicks;
        long next = Interlocked.Read(ref _nextSweep);
        if (now < next || Interlocked.CompareExchange(ref _nextSweep, now + SweepEvery.Ticks, next) != next)
        {
            return;
        }

        DateTime longAgo = _time.GetUtcNow().UtcDateTime - LongestDraft;
        foreach (string path in Directory.EnumerateFiles(_folder, $"*{Extension}*"))
        {
            if (path.EndsWith(DraftExtension, StringComparison.Ordinal))
            {
                if (File.GetLastWriteTimeUtc(path) < longAgo)
                {
                    TryDelete(path);
                }
            }
            else if (IsOver(path))
            {
                TryDeleteOver(path);
            }
        }
    }

    // The outcome may be written anew between the look and the deletion. So the file is taken away first, and looked at once more where nobody writes:
    // what is not over after all goes back, unless there is an even newer one.
    private void TryDeleteOver(string path)
    {
        string taken = $"{path}.{Guid.NewGuid():N}{DraftExtension}";
        try
        {
            File.Move(path, taken);
            if (IsOver(taken))
            {
                File.Delete(taken);
            }
            else
            {
                File.Move(taken, path);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(path))
            {
                TryDelete(taken);
            }
        }
    }

    // What cannot be deleted now, because somebody reads it or it is not ours to delete, is in nobody's way.
    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }
}
