using System.Globalization;
using TypedTasks.Nats;
using TypedTasks.Redis;
using TypedTasks.TestServers.Processes;

namespace TypedTasks.WorkerCrashes;

/// <summary>A worker in a process of its own, that can be killed and stopped.</summary>
public sealed class WorkerProcess : IAsyncDisposable
{
    private readonly ProgramProcess _process;
    private readonly string _notes;

    private WorkerProcess(ProgramProcess process, string notes)
    {
        _process = process;
        _notes = notes;
    }

    public int Id => _process.Id;

    /// <summary>The tasks that it began, in order; those that it began twice are there twice.</summary>
    public IReadOnlyList<string> Runs
    {
        get
        {
            if (!File.Exists(_notes))
            {
                return [];
            }

            using var file = new FileStream(_notes, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    /// <summary>Starts one; it is this library's program, run with what the test program was built with.</summary>
    public static WorkerProcess Start(string engine, string address, string folder, TimeSpan slowness)
    {
        string notes = Path.Combine(folder, $"{Guid.NewGuid():N}.runs");
        string milliseconds = ((int)slowness.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        return new WorkerProcess(ProgramProcess.Start(typeof(WorkerProcess).Assembly, engine, address, notes, milliseconds), notes);
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>SIGSTOP: it stands still, and its connections stay open.</summary>
    public void Pause() => _process.Pause();

    /// <summary>SIGCONT.</summary>
    public void Resume() => _process.Resume();

    /// <summary>Lets it stop in good order, and waits until it is gone.</summary>
    public Task StopAsync() => _process.StopAsync(TimeSpan.FromSeconds(40));

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}

/// <summary>The engine that a worker process and its producer share.</summary>
public static class ServerChoice
{
    public static TypedTasksBuilder UseServer(this TypedTasksBuilder tasks, string engine, string address) =>
        engine == "nats" ? tasks.UseNats(address) : tasks.UseRedis(address);
}
