using System.Diagnostics;

namespace TypedTasks.TestServers.Tests;

public sealed class LifetimeTests
{
    private const string Answer = "TYPEDTASKS_TEST_ANSWER";

    [Fact]
    public async Task A_disposed_server_leaves_no_process_and_no_directory()
    {
        RedisServerProcess server = await RedisServerProcess.StartAsync();
        int id = server.ProcessId;
        string directory = server.Directory;
        Assert.True(Directory.Exists(directory));

        await server.DisposeAsync();

        Assert.False(IsAlive(id));
        Assert.False(Directory.Exists(directory));
    }

    [Fact]
    public async Task Servers_end_when_the_process_that_started_them_is_killed()
    {
        Require.Server(ServerKind.Redis);

        // This test program once more, running only the test below, which starts a server and waits to be killed.
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(LifetimeTests).Assembly.Location);
        }

        string answer = Path.GetTempFileName();
        start.Environment[Answer] = answer;
        start.ArgumentList.Add("-explicit");
        start.ArgumentList.Add("only");
        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"{typeof(LifetimeTests).FullName}.{nameof(A_victim_starts_a_server_and_waits)}");
        using Process victim = Process.Start(start)!;
        _ = victim.StandardOutput.ReadToEndAsync();
        try
        {
            string[] words = [];
            Assert.True(SpinWait.SpinUntil(() => (words = File.ReadAllText(answer).Split(' ')).Length == 3, TimeSpan.FromSeconds(30)));
            int id = int.Parse(words[0], null);
            Assert.True(IsAlive(id));

            // Only the process itself: the server must not be killed from here.
            victim.Kill(entireProcessTree: false);

            Assert.True(SpinWait.SpinUntil(() => !IsAlive(id), TimeSpan.FromSeconds(10)), "the server lives on");
            Assert.True(SpinWait.SpinUntil(() => !Directory.Exists(words[1]), TimeSpan.FromSeconds(10)), "the directory is still there");
        }
        finally
        {
            victim.Kill();
            File.Delete(answer);
        }
    }

    [Fact(Explicit = true)] // only run by the test above
    public async Task A_victim_starts_a_server_and_waits()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await File.WriteAllTextAsync(Environment.GetEnvironmentVariable(Answer)!, $"{server.ProcessId} {server.Directory} .");
        await Task.Delay(TimeSpan.FromSeconds(60));
    }

    private static bool IsAlive(int id)
    {
        // A dead process that nobody has waited for is a zombie, and dead all the same.
        string status = $"/proc/{id}/stat";
        if (Directory.Exists("/proc/self"))
        {
            try
            {
                return !File.ReadAllText(status).Contains(") Z ", StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false;
            }
        }

        try
        {
            using Process process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
