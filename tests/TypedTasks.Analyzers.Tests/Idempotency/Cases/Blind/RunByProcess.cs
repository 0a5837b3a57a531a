// A tool is run in a helper, and waited for.
using System.Diagnostics;

public static class Tools
{
    public static async Task<int> RunAsync(string name, params string[] arguments)
    {
        ProcessStartInfo start = new(name) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException(name);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}

[TaskContract]
public interface IToolRuns
{
    [Task, Idempotent]
    Task AddAsync(string package);
}

public sealed class ToolRunWorker : IToolRuns
{
    public async Task AddAsync(string package)
    {
        if (await {|TT417:Tools.RunAsync("pkg", "add", package)|} != 0)
        {
            throw new InvalidOperationException(package);
        }
    }
}
