using System.Diagnostics;

namespace TypedTasks.Benchmarks;

/// <summary>Starts this program again, so that one measurement does not warm up or wear out the next one's process.</summary>
internal static class Children
{
    /// <summary>Runs to the end, its output shown.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static void Run(params string[] arguments)
    {
        using Process child = Start(arguments, redirect: false);
        End(child, arguments);
    }

    /// <summary>Runs to the end and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Read(params string[] arguments)
    {
        using Process child = Start(arguments, redirect: true);
        string output = child.StandardOutput.ReadToEnd();
        End(child, arguments);
        return output;
    }

    private static Process Start(string[] arguments, bool redirect) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Self(), .. arguments]) { RedirectStandardOutput = redirect })!;

    // Started by its own executable or by `dotnet`, which then has to be told what to run.
    private static IEnumerable<string> Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Children).Assembly.Location] : [];

    private static void End(Process child, string[] arguments)
    {
        child.WaitForExit();
        if (child.ExitCode != 0)
        {
            throw new InvalidOperationException($"The benchmarks of '{string.Join(' ', arguments)}' failed.");
        }
    }
}
