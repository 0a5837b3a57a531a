using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TypedTasks.Package.Tests;

/// <summary>A trimmed program with its own runtime is what the same program is untrimmed.</summary>
public sealed class TrimmingTests(Feed feed)
{
    [Fact]
    public async Task A_trimmed_program_with_its_own_runtime_runs_the_first_task()
    {
        Project project = await feed.NewAsync("console", "Trimmed", null, "TypedTasks", "Microsoft.Extensions.Hosting");
        await project.WriteAsync("Program.cs", Readme.Code("nuget/README.md")[0]);
        string output = Path.Combine(project.Folder, "published");

        // Any trimming warning would fail this: warnings are errors, and each assembly's are shown singly.
        (await project.PublishAsync(output, "--self-contained", "--runtime", RuntimeInformation.RuntimeIdentifier, "-p:PublishTrimmed=true", "-p:TrimmerSingleWarn=false", "-p:InvariantGlobalization=true")).Succeeded();
        Stopwatch watch = Stopwatch.StartNew();
        Ran ran = await Shell.RunAsync(output, feed.Environment, Path.Combine(output, "Trimmed"));
        Assert.Contains("Hello, Ada!", ran.Succeeded().Output, StringComparison.Ordinal);
        long size = Directory.EnumerateFiles(output).Sum(file => new FileInfo(file).Length);
        TestContext.Current.SendDiagnosticMessage($"trimmed: {size / 1048576.0:F1} MiB, {watch.Elapsed.TotalMilliseconds:F0} ms from start to end");
    }
}
