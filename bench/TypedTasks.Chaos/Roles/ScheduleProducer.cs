using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Roles;

/// <summary>
/// The role that produces where the workers' schedules do: it enqueues nothing. When all schedules are known to the engine it writes down what they promise, each occurrence with its time, and ends when all of
/// them have been worked at.
/// </summary>
internal static class ScheduleProducer
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // Long enough to write it all down before the first of them.
    private const int Ahead = 2;

    public static async Task RunAsync(ChaosOptions options)
    {
        using var ledger = new LedgerWriter(LedgerWriter.PathOf(options.Folder!, Producer.Role, Environment.ProcessId));
        using IHost host = await EngineChoice.StartHostAsync(options, Producer.Role, tasks => tasks.AddClient<IChaosTasks>());
        var room = Room.Open();
        ITaskAdmin admin = host.Services.GetRequiredService<ITaskAdmin>();
        while (await CountAsync(admin) < Timetable.Schedules)
        {
            await Task.Delay(Pause);
        }

        long begin = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + Ahead;
        new Timetable(options.Folder!, options.Tasks).Begin(begin);
        Promise(options, ledger, begin);
        for (long number = 0; number < options.Tasks; number++)
        {
            await room.TakeAsync();
        }

        await host.StopAsync();
    }

    private static void Promise(ChaosOptions options, LedgerWriter ledger, long begin)
    {
        for (long number = 0; number < options.Tasks; number++)
        {
            TimeSpan ahead = DateTimeOffset.FromUnixTimeSeconds(begin + (number / Timetable.Schedules)) - DateTimeOffset.UtcNow;
            ledger.Write(number, LedgerEvent.Intent, TaskKind.Occurrence, value: (int)ahead.TotalMilliseconds);
            ledger.Write(number, LedgerEvent.Accepted, TaskKind.Occurrence);
        }
    }

    private static async Task<int> CountAsync(ITaskAdmin admin)
    {
        int count = 0;
        await foreach (ScheduleReport _ in admin.ListSchedulesAsync())
        {
            count++;
        }

        return count;
    }
}
