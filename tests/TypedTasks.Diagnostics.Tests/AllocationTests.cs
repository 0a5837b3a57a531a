namespace TypedTasks.Diagnostics.Tests;

public sealed class AllocationTests
{
    private const int Tasks = 20_000;

    [Fact]
    public Task Publishing_handling_and_settling_allocate_nothing_while_nobody_listens() => MeasureAsync();

    [Fact]
    public async Task Measuring_allocates_nothing_either()
    {
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == TypedTasksTelemetry.MeterName)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        long measured = 0;
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => Interlocked.Increment(ref measured));
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref measured));
        listener.Start();
        await MeasureAsync();
        Assert.True(measured >= Tasks);
    }

    /// <summary>The least of some rounds: what a round allocates beyond it is pools and tables growing to their steady size.</summary>
    private static async Task MeasureAsync()
    {
        await using TestHost host = await TestHost.StartAsync(worker => worker.Concurrency = 4);
        long least = long.MaxValue;
        int done = 0;
        for (int round = 0; round < 10 && least >= Tasks; round++)
        {
            var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            int goal = done + Tasks;
            host.Jobs.OnCounted = counted =>
            {
                if (counted == goal)
                {
                    all.SetResult();
                }
            };
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Tasks; i++)
            {
                await host.Client.CountAsync(i);
            }

            await all.Task.WaitAsync(TestHost.Patience);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
            done = goal;
        }

        Assert.True(least < Tasks, $"{(double)least / Tasks} bytes a task");
    }
}
