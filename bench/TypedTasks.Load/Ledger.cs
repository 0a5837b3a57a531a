using System.Diagnostics;

namespace TypedTasks.Load;

/// <summary>How often each task ran, by its number, and when: nothing is lost or run twice unseen.</summary>
public sealed class Ledger
{
    private Run _run = new(0, 1, null);

    /// <summary>Begins to count anew. No task of an earlier run may be left.</summary>
    internal Run Begin(int tasks, int callers, Latencies? latencies) => _run = new Run(tasks, callers, latencies);

    internal void Ran(long number, long stamp) => _run.Ran(number, stamp);

    internal sealed class Run(int tasks, int callers, Latencies? latencies)
    {
        // Counted a caller each, as far apart as cache lines are, so that handlers do not wait for each other's.
        private const int Apart = 16;

        private readonly int[] _runs = new int[tasks];
        private readonly long[] _done = new long[callers * Apart];
        private readonly long[] _sent = new long[callers * Apart];
        private readonly CreditGate[] _gates = [.. Enumerable.Range(0, callers).Select(_ => new CreditGate())];
        private readonly int _share = Math.Max(1, tasks / callers);
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _callersDone;

        /// <summary>Completes when as many tasks ran as there are.</summary>
        public Task All => _all.Task;

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
        public (int First, int Count) ShareOf(int caller) => (caller * _share, caller == _gates.Length - 1 ? tasks - (caller * _share) : _share);

        public void Ran(long number, long stamp)
        {
            latencies?.Record(Stopwatch.GetTimestamp() - stamp);
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
