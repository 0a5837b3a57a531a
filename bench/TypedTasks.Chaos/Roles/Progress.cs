using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Roles;

/// <summary>How far a run has come, read from the ledgers while they are written. Safe from any thread.</summary>
internal sealed class Progress(Plan plan) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(LedgerTail Tail, Func<bool> HasEnded)> _tails = [];
    private readonly bool[] _accepted = new bool[plan.Tasks];
    private readonly bool[] _worked = new bool[plan.Tasks];
    private readonly HashSet<long> _keys = [];
    private long _lastAt = Environment.TickCount64;

    /// <summary>Tasks that were accepted.</summary>
    public long Accepted { get; private set; }

    /// <summary>Tasks that were worked at; of tasks that share a key, both when one was.</summary>
    public long Worked { get; private set; }

    /// <summary>Records of acceptance and of effects, repeated ones too: they grow while the run is alive.</summary>
    public (long Acceptances, long Effects) Pulse { get; private set; }

    /// <summary>How long nothing has happened.</summary>
    public TimeSpan Silence => TimeSpan.FromMilliseconds(Environment.TickCount64 - Interlocked.Read(ref _lastAt));

    /// <param name="path">A ledger that is being written.</param>
    /// <param name="hasEnded">Whether its writer has ended, so that what is read after that is all of it.</param>
    public void Follow(string path, Func<bool> hasEnded)
    {
        lock (_gate)
        {
            _tails.Add((new LedgerTail(path), hasEnded));
        }
    }

    /// <summary>Reads what is new.</summary>
    public void Read()
    {
        lock (_gate)
        {
            _tails.RemoveAll(one =>
            {
                bool isLast = one.HasEnded();
                one.Tail.Read(Take);
                if (isLast)
                {
                    one.Tail.Dispose();
                }

                return isLast;
            });
        }
    }

    /// <summary>Reads until something has happened, and knows it within a millisecond; false when it has not in time.</summary>
    public Task<bool> UntilAsync(Func<bool> condition, TimeSpan limit) => UntilAsync(condition, limit, TimeSpan.FromMilliseconds(1));

    /// <summary>Reads until something has happened; false when it has not in time.</summary>
    public async Task<bool> UntilAsync(Func<bool> condition, TimeSpan limit, TimeSpan interval)
    {
        long end = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        using var timer = new PeriodicTimer(interval);
        while (true)
        {
            Read();
            if (condition())
            {
                return true;
            }

            if (Environment.TickCount64 > end)
            {
                return false;
            }

            await timer.WaitForNextTickAsync();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach ((LedgerTail tail, _) in _tails)
            {
                tail.Dispose();
            }
        }
    }

    private void Take(LedgerRecord record)
    {
        Interlocked.Exchange(ref _lastAt, Environment.TickCount64);
        switch (record.Event)
        {
            case LedgerEvent.Accepted:
                Pulse = Pulse with { Acceptances = Pulse.Acceptances + 1 };
                Accepted += Mark(_accepted, record.Number);
                break;
            case LedgerEvent.Start when record.Kind is TaskKind.Poison or TaskKind.Hang or TaskKind.Doomed:
                Worked += Mark(_worked, record.Number);
                break;
            case LedgerEvent.Effect:
                Pulse = Pulse with { Effects = Pulse.Effects + 1 };
                Worked += Mark(_worked, record.Number);
                if (record.Kind == TaskKind.Keyed && _keys.Add(Plan.KeyOf(record.Number)))
                {
                    Worked += Plan.OthersOf(record.Number, plan).Sum(other => Mark(_worked, other));
                }

                break;
        }
    }

    private static int Mark(bool[] marks, long number)
    {
        if (marks[number])
        {
            return 0;
        }

        marks[number] = true;
        return 1;
    }
}
