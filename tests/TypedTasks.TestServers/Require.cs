using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Xunit;

namespace TypedTasks.TestServers;

/// <summary>
/// What a test needs from the machine. Where it is absent the test is skipped with the reason; with CI=true it fails,
/// so that a run that counts cannot pass by skipping.
/// </summary>
public static class Require
{
    private static readonly Lazy<string?> PythonReason = new(() => WhyNot("/usr/bin/python3", ["-c", "import msgpack"], null));
    private static readonly Lazy<string?> NodeReason = new(() => WhyNot("node", ["-e", "require('@msgpack/msgpack')"], NodeModules));

    /// <summary>Where tests/servers.sh puts Node's packages: give it to node as NODE_PATH.</summary>
    public static string NodeModules { get; } = Path.Combine(ServerBinary.UnpackDirectory, "node", "node_modules");

    /// <summary>True where nothing may be skipped for want of a tool.</summary>
    public static bool IsContinuousIntegration { get; } =
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The server, or the test ends here.</summary>
    public static ServerBinary Server(ServerKind kind, ServerVersion version = ServerVersion.Floor)
    {
        ServerBinary? binary = ServerBinary.Find(kind, version, out string reason);
        if (binary is null)
        {
            Missing(reason);
        }

        return binary;
    }

    /// <summary>How to start a Python that has the msgpack package, or the test ends here.</summary>
    public static ProcessStartInfo Python(params IEnumerable<string> arguments)
    {
        if (PythonReason.Value is { } reason)
        {
            Missing($"no Python with msgpack: {reason}");
        }

        return Start("/usr/bin/python3", arguments, null);
    }

    /// <summary>How to start a Node that finds the @msgpack/msgpack package by require, or the test ends here.</summary>
    public static ProcessStartInfo Node(params IEnumerable<string> arguments)
    {
        if (NodeReason.Value is { } reason)
        {
            Missing($"no Node with @msgpack/msgpack: {reason}");
        }

        return Start("node", arguments, NodeModules);
    }

    [DoesNotReturn]
    private static void Missing(string reason)
    {
        if (IsContinuousIntegration)
        {
            Assert.Fail($"CI=true, and {reason}");
        }

        Assert.Skip(reason);
    }

    private static string? WhyNot(string program, string[] arguments, string? nodePath)
    {
        try
        {
            using Process process = Process.Start(Start(program, arguments, nodePath))!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string error = process.StandardError.ReadToEnd();
            _ = output.GetAwaiter().GetResult();
            process.WaitForExit();
            return process.ExitCode == 0
                ? null
                : error.Split('\n').LastOrDefault(line => line.Contains("Error", StringComparison.Ordinal)) ?? $"exit code {process.ExitCode}";
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return exception.Message;
        }
    }

    private static ProcessStartInfo Start(string program, IEnumerable<string> arguments, string? nodePath)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (nodePath is not null)
        {
            start.Environment["NODE_PATH"] = nodePath;
        }

        return start;
    }
}
