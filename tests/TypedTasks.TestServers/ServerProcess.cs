using System.Diagnostics;
using TypedTasks.TestServers.Processes;

namespace TypedTasks.TestServers;

/// <summary>
/// A real server as a child process, on a loopback port of its own, with a private directory. It keeps its port and its data
/// when it is killed, stopped and started again; disposing kills it and removes the directory.
/// </summary>
/// <remarks>Only the process that this object started is ever signalled. Members are not for concurrent use.</remarks>
public abstract class ServerProcess : IAsyncDisposable
{
    private readonly ServerLog _log = new();
    private readonly List<int> _ports = [];
    private Process? _process;
    private bool _paused;
    private bool _disposed;

    private protected ServerProcess(ServerBinary binary, string kind, TimeSpan startTimeout)
    {
        Binary = binary;
        StartTimeout = startTimeout;
        Directory = MakeDirectory(kind);
        Watchdog.Made(Directory);
    }

    /// <summary>The program that runs.</summary>
    public ServerBinary Binary { get; private protected set; }

    /// <summary>The server's private directory: configuration, data, certificates. In <c>TYPEDTASKS_DATA</c>, or else where temporary files go.</summary>
    public string Directory { get; }

    /// <summary>Where clients connect: always 127.0.0.1.</summary>
    public string Host => "127.0.0.1";

    /// <summary>The port for clients, the same for the life of this object.</summary>
    public int Port { get; private protected set; }

    /// <summary>True while the process lives, paused or not.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>The process id of the running server.</summary>
    public int ProcessId => _process is { HasExited: false } process
        ? process.Id
        : throw new InvalidOperationException($"{Binary} is not running");

    /// <summary>What the server wrote, over all its starts (the last megabyte).</summary>
    public string Log => _log.Since(0);

    private protected TimeSpan StartTimeout { get; set; }

    /// <summary>What the server wrote since it was last started.</summary>
    private protected string LogOfThisStart => _log.Since(LogStart);

    private long LogStart { get; set; }

    /// <summary>Starts the server again, after it was stopped or killed, on the same port and data, and waits until it serves.</summary>
    public Task StartAgainAsync() => LaunchAsync();

    internal async Task LaunchAsync()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (IsRunning)
        {
            throw new InvalidOperationException($"{Binary} is running already");
        }

        _process?.Dispose();
        _process = null;
        _paused = false;
        LogStart = _log.Position;

        ProcessStartInfo start = new(Binary.Path, Arguments())
        {
            WorkingDirectory = Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{Binary} did not start");
        _process = process;
        Watchdog.Started(process.Id);
        process.StandardInput.Close();
        _ = PumpAsync(process.StandardOutput);
        _ = PumpAsync(process.StandardError);

        bool ready = await Poll.UntilAsync(
            async cancellationToken => process.HasExited || await IsReadyAsync(cancellationToken), StartTimeout);
        if (process.HasExited)
        {
            await Task.Delay(50); // its last words are still in the pipe
            Forget(process);
            throw new InvalidOperationException($"{Binary} ended with code {process.ExitCode} while starting:\n{_log.Since(LogStart)}");
        }

        if (!ready)
        {
            throw new TimeoutException($"{Binary} on port {Port} was not ready in {StartTimeout.TotalSeconds:0.#} s:\n{_log.Tail()}");
        }
    }

    /// <summary>Stops the server as an operator would: SIGTERM, and waits until it is gone.</summary>
    public async Task StopAsync(TimeSpan? timeout = null)
    {
        if (!IsRunning)
        {
            return;
        }

        Process process = _process!;
        await ResumeAsync();
        Signals.Send(process.Id, Signals.Terminate);
        TimeSpan limit = timeout ?? TimeSpan.FromSeconds(20);
        if (!await WaitForExitAsync(limit))
        {
            throw new TimeoutException($"{Binary} had not ended {limit.TotalSeconds:0.#} s after SIGTERM:\n{_log.Tail()}");
        }
    }

    /// <summary>Kills the server: SIGKILL, no chance to write anything, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (!IsRunning)
        {
            return;
        }

        // With its children: Redis writes snapshots in one, and that must not go on after the crash.
        _process!.Kill(entireProcessTree: true);
        if (!await WaitForExitAsync(TimeSpan.FromSeconds(20)))
        {
            throw new TimeoutException($"{Binary} had not ended 20 s after SIGKILL");
        }
    }

    /// <summary>Freezes the server: SIGSTOP. Its sockets stay open and nothing answers.</summary>
    public async Task PauseAsync()
    {
        int id = ProcessId;
        Signals.Send(id, Signals.Stop);
        _paused = true;

        // The signal is delivered a little later: wait until every thread stands still.
        string status = $"/proc/{id}/stat";
        if (File.Exists(status))
        {
            await Poll.UntilAsync(() => File.ReadAllText(status).Contains(") T ", StringComparison.Ordinal), TimeSpan.FromSeconds(5));
        }
    }

    /// <summary>Lets a paused server go on: SIGCONT.</summary>
    public Task ResumeAsync()
    {
        if (_paused && IsRunning)
        {
            Signals.Send(ProcessId, Signals.Continue);
        }

        _paused = false;
        return Task.CompletedTask;
    }

    /// <summary>Stops (<see cref="StopAsync"/>) and starts the server again on the same port and data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await LaunchAsync();
    }

    /// <summary>Kills (<see cref="KillAsync"/>) and starts the server again on the same port and data.</summary>
    public async Task CrashAsync()
    {
        await KillAsync();
        await LaunchAsync();
    }

    /// <summary>Waits until the server has written <paramref name="text"/>, at any time since its last start.</summary>
    public async Task WaitForLogAsync(string text, TimeSpan? timeout = null)
    {
        TimeSpan limit = timeout ?? TimeSpan.FromSeconds(10);
        if (!await Poll.UntilAsync(() => LogOfThisStart.Contains(text, StringComparison.Ordinal), limit))
        {
            throw new TimeoutException($"{Binary} did not write \"{text}\" in {limit.TotalSeconds:0.#} s:\n{_log.Tail()}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        GC.SuppressFinalize(this);
        await KillAsync();
        _process?.Dispose();
        foreach (int port in _ports)
        {
            LoopbackPorts.Return(port);
        }

        try
        {
            System.IO.Directory.Delete(Directory, recursive: true);
            Watchdog.Removed(Directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not a failure of the test: the watchdog tries again when this process ends.
        }
    }

    private protected void Signal(int signal) => Signals.Send(ProcessId, signal);

    private protected int TakePort()
    {
        int port = LoopbackPorts.Take();
        _ports.Add(port);
        return port;
    }

    /// <summary>The command line of the next start.</summary>
    private protected abstract IReadOnlyList<string> Arguments();

    /// <summary>Asks the server, on its socket, whether it serves.</summary>
    private protected abstract Task<bool> IsReadyAsync(CancellationToken cancellationToken);

    private static string MakeDirectory(string kind) => Environment.GetEnvironmentVariable("TYPEDTASKS_DATA") is { Length: > 0 } data
        ? System.IO.Directory.CreateDirectory(Path.Combine(data, $"typedtasks-{kind}-{Path.GetRandomFileName()}")).FullName
        : System.IO.Directory.CreateTempSubdirectory($"typedtasks-{kind}-").FullName;

    /// <summary>Starts a server that was just made, and does not leave it behind if that fails.</summary>
    private protected static async Task<T> StartedAsync<T>(T server)
        where T : ServerProcess
    {
        try
        {
            await server.LaunchAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task<bool> WaitForExitAsync(TimeSpan timeout)
    {
        Process process = _process!;
        using CancellationTokenSource limit = new(timeout);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        Forget(process);
        return true;
    }

    private void Forget(Process process)
    {
        _paused = false;
        Watchdog.Ended(process.Id);
    }

    private async Task PumpAsync(StreamReader output)
    {
        try
        {
            while (await output.ReadLineAsync() is { } line)
            {
                _log.Append(line);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process was disposed while its output was read.
        }
    }
}
