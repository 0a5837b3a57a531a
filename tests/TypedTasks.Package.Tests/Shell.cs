using System.Diagnostics;
using System.Text;

namespace TypedTasks.Package.Tests;

/// <summary>Runs a program to its end, with a limit, and keeps what it printed.</summary>
internal static class Shell
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static async Task<Ran> RunAsync(string directory, IReadOnlyDictionary<string, string> environment, string program, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        StringBuilder output = new();
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using CancellationTokenSource limit = new(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', start.ArgumentList)} did not end within {Limit}:\n{output}");
        }

        lock (output)
        {
            return new Ran($"{program} {string.Join(' ', start.ArgumentList)}", process.ExitCode, output.ToString());
        }

        void Append(string? line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }
}

/// <summary>How a program ended.</summary>
/// <param name="Command">What was run.</param>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Output">All that it printed.</param>
internal sealed record Ran(string Command, int ExitCode, string Output)
{
    /// <summary>Itself, if it ended well.</summary>
    public Ran Succeeded()
    {
        Assert.True(ExitCode == 0, $"{Command} ended with {ExitCode}:\n{Output}");
        return this;
    }

    /// <summary>Itself, if it ended badly and said why.</summary>
    public Ran FailedWith(string text)
    {
        Assert.True(ExitCode != 0, $"{Command} should have failed:\n{Output}");
        Assert.Contains(text, Output, StringComparison.Ordinal);
        return this;
    }
}
