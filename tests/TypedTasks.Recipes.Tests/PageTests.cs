using System.Text;

namespace Recipes;

/// <summary>What a recipe's page shows is what compiles and runs here: <c>two-processes.md</c> is held by <c>TwoProcesses.cs</c>.</summary>
public sealed class PageTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "samples", "Recipes");
    private static readonly string Sources = Path.Combine(Repository.Root, "tests", "TypedTasks.Recipes.Tests");

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Folder, "*.md").Select(path => Path.GetFileName(path)).Where(page => page != "README.md").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_code_of_a_page_is_the_code_that_runs(string page)
    {
        string compiled = Normalise(File.ReadLines(Path.Combine(Sources, SourceOf(page))));
        List<string> blocks = [.. CodeBlocks(File.ReadLines(Path.Combine(Folder, page)))];

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(block, compiled, StringComparison.Ordinal));
    }

    [Fact]
    public void The_index_names_every_page_and_the_pages_link_to_what_is_there()
    {
        string index = File.ReadAllText(Path.Combine(Folder, "README.md"));

        Assert.All(Pages.Select(page => page.Data), page => Assert.Contains($"]({page})", index, StringComparison.Ordinal));
        Assert.All(
            Directory.EnumerateFiles(Folder, "*.md").SelectMany(path => Links(File.ReadAllText(path))),
            link => Assert.True(File.Exists(Path.Combine(Folder, link)), $"{link} is not there."));
    }

    private static string SourceOf(string page) =>
        string.Concat(Path.GetFileNameWithoutExtension(page).Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])) + ".cs";

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

    /// <summary>Where a page's links lead in this repository, relative to it.</summary>
    private static IEnumerable<string> Links(string page)
    {
        string[] parts = page.Split("](");
        return parts.Skip(1).Select(part => part[..part.IndexOf(')', StringComparison.Ordinal)].Split('#')[0])
            .Where(link => link.Length > 0 && !link.Contains("://", StringComparison.Ordinal));
    }

    /// <summary>Whole lines, without indentation and empty ones.</summary>
    private static string Normalise(IEnumerable<string> lines)
    {
        var text = new StringBuilder("\n");
        foreach (string line in lines.Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }
}
