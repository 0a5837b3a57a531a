using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using TypedTasks.TestServers;

namespace TypedTasks.Package.Tests;

/// <summary>The image of the deployment recipe, made step by step without Docker: its commands run in folders, its entry point is started, probed and stopped as a cluster does.</summary>
public sealed partial class DeploymentTests(Feed feed)
{
    private const string Page = "samples/Recipes/deployment.md";

    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, Page));
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_steps_of_the_image_build_a_worker_that_is_well_and_stops_when_it_is_told()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        string context = await ContextAsync();
        string app = Path.Combine(context, "image");
        string publish = Step("RUN");
        Assert.StartsWith("dotnet publish Shop.Worker ", publish, StringComparison.Ordinal);
        Assert.EndsWith(" -o /app", publish, StringComparison.Ordinal);
        Assert.Equal("--from=build /app .", Step("COPY", last: true));
        (await Shell.RunAsync(context, feed.Environment, "sh", "-c", publish.Replace("/app", app, StringComparison.Ordinal))).Succeeded();

        string healthy = Path.Combine(context, "healthy");
        using FileSystemWatcher watcher = new(context, "healthy");
        TaskCompletionSource touched = new(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Changed += (_, _) => touched.TrySetResult();
        watcher.EnableRaisingEvents = true;

        string[] entry = JsonSerializer.Deserialize<string[]>(Step("ENTRYPOINT"))!;
        ProcessStartInfo start = new(entry[0], entry[1..]) { WorkingDirectory = app, RedirectStandardOutput = true };
        start.Environment["TypedTasks__Nats__Servers__0"] = server.Url;
        start.Environment["HealthFile"] = healthy;
        using Process worker = Process.Start(start)!;
        try
        {
            await touched.Task.WaitAsync(Limit);
            string probe = Probe().Match(Text).Groups["command"].Value.Replace("\\\"", "\"", StringComparison.Ordinal);
            (await Shell.RunAsync(context, feed.Environment, "sh", "-c", probe.Replace("/tmp/healthy", healthy, StringComparison.Ordinal))).Succeeded();

            // As old as a worker's file is that has been stuck for an hour.
            File.SetLastWriteTimeUtc(healthy, DateTime.UtcNow.AddHours(-1));
            Assert.NotEqual(0, (await Shell.RunAsync(context, feed.Environment, "sh", "-c", probe.Replace("/tmp/healthy", healthy, StringComparison.Ordinal))).ExitCode);

            (await Shell.RunAsync(context, feed.Environment, "kill", "-TERM", $"{worker.Id}")).Succeeded();
            using CancellationTokenSource limit = new(Limit);
            await worker.WaitForExitAsync(limit.Token);
            Assert.Equal(0, worker.ExitCode);
        }
        finally
        {
            worker.Kill();
        }
    }

    // What the image is built of: the page's code in a worker service that is called Shop.Worker.
    private async Task<string> ContextAsync()
    {
        string context = feed.NewSolution();
        Project worker = await feed.NewAsync("worker", "Shop.Worker", context, "TypedTasks.Nats", "Microsoft.Extensions.Diagnostics.HealthChecks");
        File.Delete(Path.Combine(worker.Folder, "Worker.cs"));
        await worker.WriteAsync("Deployment.cs", $$"""
            using Microsoft.Extensions.Diagnostics.HealthChecks;
            using TypedTasks;

            namespace Shop;

            [TaskContract("previews")]
            public interface IPreviews
            {
                [Task, Idempotent(Key = nameof(picture))] ValueTask DrawAsync(string picture);
            }

            public sealed class PreviewWorker : IPreviews
            {
                public ValueTask DrawAsync(string picture) => ValueTask.CompletedTask;
            }

            {{Readme.Code(Page)[0]}}
            """);
        await worker.WriteAsync("Program.cs", """
            using Shop;
            using TypedTasks;

            HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
            builder.AddDeployedWorker(tasks => tasks.UseNats(builder.Configuration)).Build().Run();
            """);
        return context;
    }

    // A line of the Dockerfile, without its instruction.
    private static string Step(string instruction, bool last = false)
    {
        IEnumerable<string> steps = Dockerfile().Match(Text).Groups["lines"].Value.Split('\n')
            .Where(line => line.StartsWith($"{instruction} ", StringComparison.Ordinal))
            .Select(line => line[(instruction.Length + 1)..]);
        return last ? steps.Last() : Assert.Single(steps);
    }

    [GeneratedRegex(@"```dockerfile\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Dockerfile();

    [GeneratedRegex(@"command: \[""sh"", ""-c"", ""(?<command>.*)""\]")]
    private static partial Regex Probe();
}
