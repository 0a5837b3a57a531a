using System.Runtime.InteropServices;
using TypedTasks.TestServers;

namespace TypedTasks.Package.Tests;

/// <summary>A program that was trimmed, or compiled ahead of time, is what the same program is as it was built.</summary>
public sealed class PublishingTests(Feed feed)
{
    [Fact]
    public async Task The_sample_built_of_packages_and_trimmed_does_what_it_does()
    {
        (string output, Ran published) = await PublishAsync("-p:PublishTrimmed=true");
        published.Succeeded();
        await RunAsync(output);
    }

    [Fact]
    public async Task The_sample_built_of_packages_and_compiled_ahead_of_time_does_what_it_does()
    {
        (string output, Ran published) = await PublishAsync("-p:PublishAot=true");
        Assert.SkipWhen(published.Output.Contains("NU1101", StringComparison.Ordinal) || published.Output.Contains("NU1102", StringComparison.Ordinal), $"The ahead-of-time compiler cannot be restored here: {published.Output}");
        Assert.SkipWhen(published.Output.Contains("Platform linker", StringComparison.Ordinal), $"There is no linker here: {published.Output}");
        published.Succeeded();
        Assert.False(File.Exists(Path.Combine(output, "Invoices.dll")), "The program still has code to be compiled when it runs.");
        await RunAsync(output);
    }

    // Any warning about trimming or about code made at run time fails it: warnings are errors, and each assembly's are shown singly.
    private async Task<(string Output, Ran Published)> PublishAsync(string how)
    {
        Project project = await feed.NewAsync("console", "Invoices", null, "TypedTasks", "TypedTasks.Nats", "TypedTasks.Redis", "Microsoft.Extensions.Hosting");
        string sample = Path.Combine(Repository.Root, "samples", "Invoices");
        foreach (string file in Directory.EnumerateFiles(sample).Where(file => Path.GetExtension(file) is ".cs" or ".csv" or ".txt"))
        {
            File.Copy(file, Path.Combine(project.Folder, Path.GetFileName(file)), overwrite: true);
        }

        await project.EditAsync("</Project>", "  <ItemGroup><None Update=\"orders.csv\" CopyToOutputDirectory=\"PreserveNewest\" /></ItemGroup>\n</Project>");
        string output = Path.Combine(project.Folder, "published");
        return (output, await project.PublishAsync(output, "--self-contained", "--runtime", RuntimeInformation.RuntimeIdentifier, how, "-p:TrimmerSingleWarn=false", "-p:InvariantGlobalization=true"));
    }

    // The sample checks what it did, on each engine: that is its test.
    private async Task RunAsync(string output)
    {
        await RunAsync([]);
        await using NatsServerProcess nats = await NatsServerProcess.StartAsync();
        await RunAsync("--engine", "nats", "--url", nats.Url);
        await using RedisServerProcess redis = await RedisServerProcess.StartAsync();
        await RunAsync("--engine", "redis", "--url", $"127.0.0.1:{redis.Port}");

        async Task RunAsync(params string[] arguments)
        {
            Ran ran = await Shell.RunAsync(output, feed.Environment, Path.Combine(output, "Invoices"), arguments);
            Assert.Contains("Everything adds up.", ran.Succeeded().Output, StringComparison.Ordinal);
        }
    }
}
