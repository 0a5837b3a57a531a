using System.Text.RegularExpressions;

namespace TypedTasks.Analyzers.Tests.Driving;

/// <summary>
/// A rule's page: <c># TT101: Title</c>, a line of severity, category and fix, what triggers the rule, and the sections Flagged, Why it matters, Fix and
/// Not flagged. The code under Flagged is reported at every line that ends in <c>// TT101</c> and at no other; the code under Fix is not.
/// </summary>
internal sealed partial record RulePage(string Id, string Title, string Facts, IReadOnlyDictionary<string, string> Sections)
{
    public static readonly string[] SectionNames = ["Flagged", "Why it matters", "Fix", "Not flagged"];

    public static string Folder { get; } = Path.Combine(Repository.Root, "analyzers", "rules");

    public static IEnumerable<string> Ids { get; } =
        [.. Directory.GetFiles(Folder, "TT*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static RulePage Read(string id)
    {
        string text = File.ReadAllText(Path.Combine(Folder, $"{id}.md")).ReplaceLineEndings("\n");
        string[] parts = text.Split("\n## ");
        string[] head = parts[0].Split('\n');
        string[] heading = head[0].Split(": ", 2);
        Assert.StartsWith("# ", head[0], StringComparison.Ordinal);
        return new RulePage(heading[0][2..], heading[1], head[2], parts[1..].ToDictionary(part => part.Split('\n')[0], part => part[(part.IndexOf('\n') + 1)..]));
    }

    /// <summary>The code of a section; its <c>text</c> block, where there is one, is the file TaskContracts.txt, its <c>effects</c> block an effects file.</summary>
    public TestCode Example(string section)
    {
        Dictionary<string, string> files = [];
        if (Blocks(section, "text") is [var baseline, ..])
        {
            files.Add("TaskContracts.txt", baseline);
        }

        if (Blocks(section, "effects") is [var effects, ..])
        {
            files.Add("App.taskeffects.txt", effects);
        }

        return new TestCode { Sources = Blocks(section, "csharp"), AdditionalFiles = files, AllowErrors = false };
    }

    private string[] Blocks(string section, string language) =>
        [.. Block().Matches(Sections[section]).Where(block => block.Groups[1].Value == language).Select(block => block.Groups[2].Value)];

    [GeneratedRegex("^```([a-z]+)\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
