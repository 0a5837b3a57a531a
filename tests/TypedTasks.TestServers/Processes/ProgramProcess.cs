using System.Diagnostics;
using System.Reflection;

namespace TypedTasks.TestServers.Processes;

/// <summary>
/// A .NET program of ours in a process of its own, which can be killed, stopped and told to end. It ends when its standard input does, so it does not outlive
/// the process that started it; a stopped one is killed then.
/// </summary>
/// <remarks>Only the process that this object started is ever signalled.</remarks>
public sealed class ProgramProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ProgramProcess(Process process) => _process = process;

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended, in whatever way.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>What it ended with.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Its standard input.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>Starts a program that was built with the one that runs: with its runtime and its packages.</summary>
    public static ProgramProcess Start(Assembly program, params IEnumerable<string> arguments)
    {
        string host = Path.ChangeExtension(Assembly.GetEntryAssembly()!.Location, null);
        var start = new ProcessStartInfo("dotnet", ["exec", "--runtimeconfig", $"{host}.runtimeconfig.json", "--depsfile", $"{host}.deps.json", program.Location, .. arguments])
        {
            RedirectStandardInput = true,
        };
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program.Location} did not start");
        Watchdog.Started(process.Id);
        return new ProgramProcess(process);
    }

    /// <summary>SIGKILL, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync(CancellationToken.None);
    }

    /// <summary>SIGSTOP: it stands still, and its connections stay open.</summary>
    public void Pause() => Signals.Send(_process.Id, Signals.Stop);

    /// <summary>SIGCONT.</summary>
    public void Resume() => Signals.Send(_process.Id, Signals.Continue);

    /// <summary>Lets it stop in good order, and waits until it is gone.</summary>
    /// <exception cref="TimeoutException">It is not gone in time.</exception>
    public async Task StopAsync(TimeSpan limit)
    {
        _process.StandardInput.Close();
        await WaitAsync(limit);
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <exception cref="TimeoutException">It has not in time.</exception>
    public async Task WaitAsync(TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            await EndAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Process {_process.Id} had not ended after {limit.TotalSeconds:0.#} s.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        Watchdog.Ended(_process.Id);
        _process.Dispose();
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        Watchdog.Ended(_process.Id);
    }
}
