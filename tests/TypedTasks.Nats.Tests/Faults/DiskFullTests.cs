using System.Diagnostics;
using TypedTasks.Engine;
using TypedTasks.Nats.JetStream;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.Faults;

/// <summary>The server's disk is full: producers are told; with room again, and the server started again, what was accepted is there.</summary>
public sealed class DiskFullTests
{
    [Theory]
    [InlineData(ServerVersion.Floor)]
    [InlineData(ServerVersion.Newest)]
    public async Task A_full_disk_is_told_and_nothing_that_was_accepted_is_lost(ServerVersion version)
    {
        string folder = Directory.CreateTempSubdirectory("typedtasks-disk-").FullName;
        (int code, string said) = await RunAsync("mount", "-t", "tmpfs", "-o", "size=12m", "typedtasks", folder);
        if (code != 0)
        {
            Directory.Delete(folder);
            Assert.Skip($"A small disk cannot be mounted here: {said.Trim()}");
        }

        try
        {
            await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions
            {
                Version = version,
                JetStream = false,
                Configuration = $"jetstream {{ store_dir: \"{folder}\", max_mem: 64MB, max_file: 1GB }}",
            });
            await using NatsEngine engine = NewEngine(server.Port, options => options.PublishTimeout = TimeSpan.FromSeconds(2));
            await engine.StartAsync([TestLane], CancellationToken.None);
            int accepted = 0;
            TaskException? told = null;
            byte[] payload = new byte[100_000];
            while (told is null && accepted < 1000)
            {
                try
                {
                    await engine.PublishAsync(new TaskAddress(TestLane, TaskId.New(), default) { IsFresh = true }, new Raw(payload), CancellationToken.None);
                    accepted++;
                }
                catch (TaskException error)
                {
                    told = error;
                }
            }

            Assert.True(told is TaskRejectedException or TaskUnconfirmedException, $"{accepted} tasks fit; then: {told}");
            Assert.InRange(accepted, 10, 200);
            TestContext.Current.TestOutputHelper?.WriteLine($"After {accepted} tasks: {told.Message}");

            // Server 2.9 does not even end in good order any more.
            (code, said) = await RunAsync("mount", "-o", "remount,size=64m", folder);
            Assert.True(code == 0, said);
            await server.CrashAsync();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var runs = new System.Collections.Concurrent.ConcurrentDictionary<TaskId, int>();
            await WorkAsync(engine, runs, () => runs.Count >= accepted, TimeSpan.Zero, limit.Token);
        }
        finally
        {
            await RunAsync("umount", folder);
            Directory.Delete(folder);
        }
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            string said = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, said);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return (-1, error.Message);
        }
    }
}
