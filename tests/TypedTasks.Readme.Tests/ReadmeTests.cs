namespace TypedTasks.Readme.Tests;

/// <summary>What README.md shows is what runs.</summary>
public sealed class ReadmeTests
{
    // The readme's host logs to the console, as a new one does; here that would drown the tests' own output.
    public ReadmeTests() => Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "None");

    [Fact]
    public async Task The_code_of_the_readme_runs()
    {
        (InvoiceId first, InvoiceId again) = await Quickstart.RunAsync(Guid.NewGuid(), 129.90m);

        Assert.Equal(new InvoiceId(1), first);
        Assert.Equal(first, again);
    }

    [Fact]
    public async Task A_dead_letter_reaches_the_caller_as_a_failure()
    {
        TaskFailedException failed = await Assert.ThrowsAsync<TaskFailedException>(() => Quickstart.RunAsync(Guid.NewGuid(), -1m));

        Assert.Equal(TaskState.DeadLettered, failed.State);
    }

    [Fact]
    public void The_code_of_the_readme_is_the_code_that_runs()
    {
        string root = Repository.Root;
        string compiled = Normalise(File.ReadLines(Path.Combine(root, "tests", "TypedTasks.Readme.Tests", "Quickstart.cs")));
        List<string> blocks = [.. CodeBlocks(File.ReadLines(Path.Combine(root, "README.md")))];

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(block, compiled, StringComparison.Ordinal));
    }

    /// <summary>The C# blocks of a page.</summary>
    private static IEnumerable<string> CodeBlocks(IEnumerable<string> page)
    {
        List<string>? block = null;
        foreach (string line in page)
        {
            if (line == "```csharp")
            {
                block = [];
            }
            else if (block is not null && line == "```")
            {
                yield return Normalise(block);
                block = null;
            }
            else
            {
                block?.Add(line);
            }
        }
    }

    /// <summary>Indentation and empty lines do not count.</summary>
    private static string Normalise(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => line.Trim()).Where(line => line.Length > 0));
}
