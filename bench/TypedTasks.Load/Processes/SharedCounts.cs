using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;

namespace TypedTasks.Load.Processes;

/// <summary>
/// How often each task ran, in memory that processes share: the workers count here, and the process that enqueues reads along. It holds the warm-up and the measured run, whose numbers come after
/// the warm-up's. Safe from any thread of any process.
/// </summary>
internal sealed unsafe class SharedCounts : IDisposable
{
    // Longs, a cache line apart: how many workers are ready, what was planned, and how many tasks of each caller have run, of both runs.
    private const int Line = 64;
    private const int Planned = 1;
    private const int FirstDone = 4;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly int* _runs;

    private SharedCounts(string path, long length)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, length);
        _view = _file.CreateViewAccessor();
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start;
        _runs = (int*)(start + (Line * (FirstDone + (2L * Callers))));
    }

    private int WarmUp => (int)Cell(Planned);

    private int Tasks => (int)Cell(Planned + 1);

    private int Callers => (int)Cell(Planned + 2);

    /// <summary>Makes the file, for the process that enqueues.</summary>
    public static SharedCounts Create(string path, int warmUp, int tasks, int callers)
    {
        long length = (Line * (FirstDone + (2L * callers))) + (sizeof(int) * ((long)warmUp + tasks));
        using (FileStream file = File.Create(path))
        {
            file.SetLength(length);
            foreach ((int cell, long value) in ((int, long)[])[(Planned, warmUp), (Planned + 1, tasks), (Planned + 2, callers)])
            {
                file.Position = cell * Line;
                file.Write(BitConverter.GetBytes(value));
            }
        }

        return new SharedCounts(path, length);
    }

    /// <summary>Opens it, in a worker.</summary>
    public static SharedCounts Open(string path) => new(path, new FileInfo(path).Length);

    /// <summary>How many workers can take tasks.</summary>
    public int Ready => (int)Volatile.Read(ref Cell(0));

    public void BecomeReady() => Interlocked.Increment(ref Cell(0));

    /// <summary>Counts a run of a task.</summary>
    public void Ran(long number)
    {
        if (Interlocked.Increment(ref _runs[number]) > 1)
        {
            return;
        }

        bool isWarmUp = number < WarmUp;
        int share = Ledger.EachOf(isWarmUp ? WarmUp : Tasks, Callers);
        int caller = (int)Math.Min((isWarmUp ? number : number - WarmUp) / share, Callers - 1);
        Interlocked.Increment(ref Cell(FirstDone + (isWarmUp ? 0 : Callers) + caller));
    }

    /// <summary>How many of a caller's tasks have run.</summary>
    public long Done(bool isWarmUp, int caller) => Volatile.Read(ref Cell(FirstDone + (isWarmUp ? 0 : Callers) + caller));

    /// <summary>How often each task of a run has run.</summary>
    public ReadOnlySpan<int> Runs(bool isWarmUp) => isWarmUp ? new ReadOnlySpan<int>(_runs, WarmUp) : new ReadOnlySpan<int>(_runs + WarmUp, Tasks);

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private ref long Cell(int line) => ref Unsafe.AsRef<long>(_start + ((long)line * Line));
}
