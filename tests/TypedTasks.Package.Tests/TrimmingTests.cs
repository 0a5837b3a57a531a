using System.Runtime.InteropServices;
using TypedTasks.TestServers;

namespace TypedTasks.Package.Tests;

/// <summary>A trimmed program with its own runtime is what the same program is untrimmed.</summary>
public sealed class TrimmingTests(Feed feed)
{
    // The sample checks what it did, on each engine: that is its test.
    [Fact]
    public async Task The_sample_built_of_packages_and_trimmed_does_what_it_does()
    {
        Project project = await feed.NewAsync("console", "Invoices", null, "TypedTasks", "TypedTasks.Nats", "TypedTasks.Redis", "Microsoft.Extensions.Hosting");
        string sample = Path.Combine(Repository.Root, "samples", "Invoices");
        foreach (string file in Directory.EnumerateFiles(sample).Where(file => Path.GetExtension(file) is ".cs" or ".csv" or ".txt"))
        {
            File.Copy(file, Path.Combine(project.Folder, Path.GetFileName(file)), overwrite: true);
        }

        await project.EditAsync("</Project>", "  <ItemGroup><None Update=\"orders.csv\" CopyToOutputDirectory=\"PreserveNewest\" /></ItemGroup>\n</Project>");
        string output = Path.Combine(project.Folder, "published");

        // Any trimming warning would fail this: warnings are errors, and each assembly's are shown singly.
        (await project.PublishAsync(output, "--self-contained", "--runtime", RuntimeInformation.RuntimeIdentifier, "-p:PublishTrimmed=true", "-p:TrimmerSingleWarn=false", "-p:InvariantGlobalization=true")).Succeeded();
        await RunAsync(output);
        await using NatsServerProcess nats = await NatsServerProcess.StartAsync();
        await RunAsync(output, "--engine", "nats", "--url", nats.Url);
        await using RedisServerProcess redis = await RedisServerProcess.StartAsync();
        await RunAsync(output, "--engine", "redis", "--url", $"127.0.0.1:{redis.Port}");
    }

    private async Task RunAsync(string output, params string[] arguments)
    {
        Ran ran = await Shell.RunAsync(output, feed.Environment, Path.Combine(output, "Invoices"), arguments);
        Assert.Contains("Everything adds up.", ran.Succeeded().Output, StringComparison.Ordinal);
    }
}
