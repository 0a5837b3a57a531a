namespace TypedTasks.Peers;

/// <summary>The arguments of the no-op task: the eight numbers of the load program's.</summary>
public sealed record Numbers(long Number, long Stamp, long A, long B, long C, long D, long E, long F)
{
    public static Numbers Of(long number) =>
        new(number, Environment.TickCount64, long.MaxValue, long.MaxValue - 1, long.MaxValue - 2, long.MaxValue - 3, long.MaxValue - 4, long.MaxValue - 5);
}

/// <summary>How often each task ran. Static, because some peers make their handlers themselves.</summary>
public static class Ledger
{
    private static int[] runs = [];
    private static int[] done = [];

    /// <summary>Makes room for so many batches of tasks.</summary>
    public static void Begin(int batches, int tasks)
    {
        runs = new int[batches * tasks];
        done = new int[batches];
    }

    public static void Ran(Numbers task)
    {
        if (Interlocked.Increment(ref runs[task.Number]) == 1)
        {
            Interlocked.Increment(ref done[task.Number / (runs.Length / done.Length)]);
        }
    }

    public static int Done(int batch) => Volatile.Read(ref done[batch]);

    public static (int Lost, int Duplicated) Tally(int batch)
    {
        int tasks = runs.Length / done.Length;
        Span<int> part = runs.AsSpan(batch * tasks, tasks);
        int lost = part.Count(0);
        int sum = 0;
        foreach (int count in part)
        {
            sum += count;
        }

        return (lost, sum - (tasks - lost));
    }
}
