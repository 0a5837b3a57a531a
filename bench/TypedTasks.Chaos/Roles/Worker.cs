using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Roles;

/// <summary>The role that works: until its standard input ends, or it is killed.</summary>
internal static class Worker
{
    public const string Role = "work";

    public static async Task RunAsync(ChaosOptions options)
    {
        using var ledger = new LedgerWriter(LedgerWriter.PathOf(options.Folder!, Role, Environment.ProcessId));
        using IHost host = await EngineChoice.StartHostAsync(options, Role, tasks =>
        {
            tasks.Services.AddSingleton(new ChaosHandler(ledger, new Timetable(options.Folder!, options.Tasks)));
            tasks.AddWorker<IChaosTasks, ChaosHandler>(worker =>
            {
                worker.Concurrency = options.Concurrency;
                worker.Lifetime = ServiceLifetime.Singleton;
                worker.Lease = options.Lease;
                worker.CancellationGrace = TimeSpan.FromSeconds(1);
            });
            for (long schedule = 0; options.Experiment.HasSchedules && schedule < Timetable.Schedules; schedule++)
            {
                tasks.AddSchedule(Timetable.NameOf(schedule), ChaosTasksTasks.Occurrence(schedule), Timetable.EverySecond);
            }
        });
        await Task.Run(Console.In.ReadToEnd);
        await host.StopAsync();
    }
}
