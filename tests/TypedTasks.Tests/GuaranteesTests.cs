using System.Text.RegularExpressions;

namespace TypedTasks.Tests;

public partial class GuaranteesTests
{
    [Fact]
    public void Every_promise_names_tests_that_exist()
    {
        // The recipes' tests have files of the same names, and promise nothing.
        string[] sources = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("TypedTasks.Recipes.Tests", StringComparison.Ordinal))];
        MatchCollection named = TestName().Matches(File.ReadAllText(Path.Combine(Repository.Root, "runtime/TypedTasks/GUARANTEES.md")));
        Assert.True(named.Count > 30);
        Assert.All(named, name =>
        {
            string file = name.Groups["file"].Value + ".cs";
            Assert.True(
                sources.Any(path => Path.GetFileName(path) == file && File.ReadAllText(path).Contains($" {name.Groups["test"].Value}(", StringComparison.Ordinal)),
                $"There is no test {name.Value}.");
        });
    }

    [GeneratedRegex("`(?<file>[A-Z][A-Za-z]+)\\.(?<test>[A-Z][A-Za-z]*_[A-Za-z_]+)`")]
    private static partial Regex TestName();
}
