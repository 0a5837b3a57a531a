namespace TypedTasks.Package.Tests;

/// <summary>What README.md and the package's page tell a new user to type, typed into an empty folder, letter by letter.</summary>
public sealed class NewUserTests(Feed feed)
{
    [Fact]
    public async Task From_an_empty_folder_to_the_first_task_by_what_the_pages_say()
    {
        string[] page = Commands("nuget/README.md", "dotnet new console");
        string[] use = Commands("README.md", "dotnet new nugetconfig");
        string code = Readme.Code("nuget/README.md")[0];

        // To a project that is there, the first page's source is added, and then what the second asks for.
        string[] added = [.. page.SkipWhile(command => !command.StartsWith("dotnet add package", StringComparison.Ordinal))];
        string[] typed = [.. page.Except(added), .. use.Except(added), .. added, $"cat > Program.cs <<'END'\n{code}END", "dotnet run"];
        Assert.Contains(use, command => added.Contains(command));
        int lines = added.Length + code.Split('\n').Count(line => line.Trim().Length > 1) + 1;
        Assert.True(lines <= 20, $"From dotnet add package to the first task {lines} lines are typed.");

        string script = string.Join('\n', typed).Replace("<clone>/nuget/out", feed.Folder, StringComparison.Ordinal);
        Ran ran = await Shell.RunAsync(feed.NewSolution(), feed.Environment, "sh", "-e", "-c", script);
        Assert.SkipWhen(ran.Output.Contains("NU1301", StringComparison.Ordinal), "nuget.org, which the pages' configuration names, does not answer.");
        Assert.Contains("Hello, Ada!", ran.Succeeded().Output, StringComparison.Ordinal);
    }

    // The page's block that begins with this command.
    private static string[] Commands(string page, string first) =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, page))
            .SkipWhile(line => !line.StartsWith(first, StringComparison.Ordinal))
            .TakeWhile(line => line != "```"),
    ];
}
