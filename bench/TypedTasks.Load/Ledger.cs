using System.Diagnostics;
using TypedTasks.Load.Processes;

namespace TypedTasks.Load;

/// <summary>How often each task ran, by its number, and when: nothing is lost or run twice unseen.</summary>
public sealed class Ledger
{
    private readonly SharedCounts? _shared;
    private Run _run = new(0, 0, 1, null);

    internal Ledger()
    {
    }

    /// <summary>Counts for another process, which has the runs.</summary>
    internal Ledger(SharedCounts shared) => _shared = shared;

    /// <summary>Begins to count anew. No task of an earlier run may be left.</summary>
    /// <param name="tasks">How many there will be.</param>
    /// <param name="callers">Who share them.</param>
    /// <param name="latencies">Where their times go.</param>
    /// <param name="first">The number of the first.</param>
    internal Run Begin(int tasks, int callers, Latencies? latencies, int first = 0) => _run = new Run(first, tasks, callers, latencies);

    internal void Ran(long number, long stamp)
    {
        if (_shared is null)
        {
            _run.Ran(number, stamp);
        }
        else
        {
            _shared.Ran(number);
        }
    }

    /// <summary>How many tasks each caller has; the last one has the rest too.</summary>
    internal static int EachOf(int tasks, int callers) => Math.Max(1, tasks / callers);

    internal sealed class Run(int first, int tasks, int callers, Latencies? latencies)
    {
        // Counted a caller each, as far apart as cache lines are, so that handlers do not wait for each other's.
        private const int Apart = 16;

        private readonly int[] _runs = new int[tasks];
        private readonly long[] _done = new long[callers * Apart];
        private readonly long[] _sent = new long[callers * Apart];
        private readonly CreditGate[] _gates = [.. Enumerable.Range(0, callers).Select(_ => new CreditGate())];
        private readonly int _share = EachOf(tasks, callers);
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _callersDone;

        /// <summary>Completes when as many tasks ran as there are.</summary>
        public Task All => _all.Task;

        /// <summary>Whether nobody waits for it any more.</summary>
        public bool IsOver => EndedAt != 0;

        public int Callers => _gates.Length;

        public long EndedAt { get; private set; }

        /// <summary>How many have run so far: a glance.</summary>
        public long Done
        {
            get
            {
                long done = 0;
                for (int caller = 0; caller < _gates.Length; caller++)
                {
                    done += Volatile.Read(ref _done[caller * Apart]);
                }

                return done;
            }
        }

        /// <summary>How many were enqueued so far: a glance.</summary>
        public long Sent
        {
            get
            {
                long sent = 0;
                for (int caller = 0; caller < _gates.Length; caller++)
                {
                    sent += Volatile.Read(ref _sent[caller * Apart]);
                }

                return sent;
            }
        }

        /// <summary>A caller has enqueued so many of its own. Only that caller writes its number.</summary>
        public void HasSent(int caller, int count) => Volatile.Write(ref _sent[caller * Apart], count);

        public CreditGate GateOf(int caller) => _gates[caller];

        /// <summary>The numbers of a caller's tasks.</summary>
        public (int First, int Count) ShareOf(int caller) => (first + (caller * _share), caller == _gates.Length - 1 ? tasks - (caller * _share) : _share);

        public void Ran(long number, long stamp)
        {
            latencies?.Record(Stopwatch.GetTimestamp() - stamp);
            number -= first;
            if (Interlocked.Increment(ref _runs[number]) > 1)
            {
                return;
            }

            int caller = Math.Min((int)number / _share, _gates.Length - 1);
            long done = Interlocked.Increment(ref _done[caller * Apart]);
            if (done % CreditGate.Chunk == 0)
            {
                _gates[caller].Add();
            }

            EndIfAll(caller, done);
        }

        /// <summary>So many of a caller's tasks have run elsewhere. One thread says so.</summary>
        public void Follow(int caller, long done)
        {
            long before = _done[caller * Apart];
            if (done == before)
            {
                return;
            }

            Volatile.Write(ref _done[caller * Apart], done);
            for (long chunk = before / CreditGate.Chunk; chunk < done / CreditGate.Chunk; chunk++)
            {
                _gates[caller].Add();
            }

            EndIfAll(caller, done);
        }

        /// <summary>What ran elsewhere, when it is over.</summary>
        public void Take(ReadOnlySpan<int> runs) => runs.CopyTo(_runs);

        private void EndIfAll(int caller, long done)
        {
            if (done == ShareOf(caller).Count && Interlocked.Increment(ref _callersDone) == _gates.Length)
            {
                EndedAt = Stopwatch.GetTimestamp();
                _all.TrySetResult();
            }
        }

        /// <summary>Nothing more is waited for.</summary>
        public void GiveUp() => EndedAt = Stopwatch.GetTimestamp();

        public int Lost => _runs.Count(runs => runs == 0);

        public int Duplicated => _runs.Sum(runs => Math.Max(0, runs - 1));
    }
}
