using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Tests;

/// <summary>The ledger's file: what was written is read, while it is written and after its writer was killed.</summary>
public sealed class LedgerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("typedtasks-ledger-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_record_is_read_as_it_was_written()
    {
        byte[] bytes = new byte[LedgerRecord.Size];
        var written = new LedgerRecord(long.MaxValue, LedgerEvent.Effect, TaskKind.Keyed, 7, int.MaxValue, -3, 1_700_000_000_000_000);
        written.Write(bytes);

        Assert.True(LedgerRecord.TryRead(bytes, out LedgerRecord read));
        Assert.Equal(written, read);
    }

    [Fact]
    public void No_record_is_read_from_half_of_one_from_zeros_or_from_one_with_a_wrong_bit()
    {
        byte[] bytes = new byte[LedgerRecord.Size];
        Assert.False(LedgerRecord.TryRead(bytes, out _));
        new LedgerRecord(1, LedgerEvent.Start, TaskKind.Plain, 1, 2, 3, 4).Write(bytes);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.False(LedgerRecord.TryRead(bytes.AsSpan(0, length), out _));
        }

        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(LedgerRecord.TryRead(bytes, out _));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void A_ledger_is_followed_while_it_is_written_and_half_a_record_waits_for_its_other_half()
    {
        string path = Path.Combine(_folder, "one.ledger");
        var seen = new List<long>();
        using var tail = new LedgerTail(path);
        tail.Read(record => seen.Add(record.Number));
        using (var writer = new LedgerWriter(path))
        {
            writer.Write(1, LedgerEvent.Intent);
            writer.Write(2, LedgerEvent.Intent);
            tail.Read(record => seen.Add(record.Number));
            Assert.Equal([1, 2], seen);
        }

        byte[] third = new byte[LedgerRecord.Size];
        new LedgerRecord(3, LedgerEvent.Intent, TaskKind.Plain, 0, 0, 0, 0).Write(third);
        using FileStream file = new(path, FileMode.Append);
        file.Write(third.AsSpan(0, 20));
        file.Flush();
        tail.Read(record => seen.Add(record.Number));
        Assert.Equal([1, 2], seen);
        file.Write(third.AsSpan(20));
        file.Flush();
        tail.Read(record => seen.Add(record.Number));
        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public void Faults_are_spread_over_the_run_and_the_same_for_the_same_seed()
    {
        Experiment both = Experiment.Named("both");
        IReadOnlyList<(long At, FaultKind Kind)> faults = Chaos.Faults.FaultInjector.Schedule(both, 200_000, new Random(5));

        Assert.Equal(faults, Chaos.Faults.FaultInjector.Schedule(both, 200_000, new Random(5)));
        Assert.Equal((20, 50), (faults.Count(fault => fault.Kind == FaultKind.BrokerKill), faults.Count(fault => fault.Kind == FaultKind.WorkerKill)));
        Assert.Equal(faults.Select(fault => fault.At).Order(), faults.Select(fault => fault.At));
        Assert.InRange(faults[0].At, 1, 10_000);
        Assert.InRange(faults[^1].At, 180_000, 196_000);
    }

    [Fact]
    public void Half_of_the_tasks_have_a_key_and_two_have_the_same()
    {
        var plan = new Plan(Experiment.Named("both"), 4_000, seed: 1);
        long[] keyed = [.. Enumerable.Range(0, 4_000).Select(number => (long)number).Where(number => plan.KindOf(number) == TaskKind.Keyed)];

        Assert.Equal(2_000, keyed.Length);
        Assert.All(keyed.GroupBy(Plan.KeyOf), key => Assert.Equal(2, key.Count()));
        Assert.All(keyed, number => Assert.Equal([.. keyed.Where(other => other != number && Plan.KeyOf(other) == Plan.KeyOf(number))], Plan.OthersOf(number, plan)));
    }

    [Fact]
    public void What_the_children_are_told_is_what_their_parent_was_told()
    {
        ChaosOptions options = ChaosOptions.Parse(["--engine", "nats", "--experiment", "soak", "--faults", "broker-kill=2,worker-pause=1", "--seed", "9", "--tasks", "77", "--lease", "3"])!;
        ChaosOptions child = ChaosOptions.Parse((options with { Role = ChaosRole.Work, Folder = "/f", Address = "nats://x" }).ToArguments())!;

        Assert.Equal((ChaosRole.Work, "nats", 77, 9, "/f", "nats://x"), (child.Role, child.Engine, child.Tasks, child.Seed, child.Folder, child.Address));
        Assert.Equal((options.Experiment.PoisonEvery, options.Lease), (child.Experiment.PoisonEvery, child.Lease));
        Assert.Equal(options.Experiment.Faults, child.Experiment.Faults);
    }
}
