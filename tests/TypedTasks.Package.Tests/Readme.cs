namespace TypedTasks.Package.Tests;

/// <summary>The code on a package's page.</summary>
internal static class Readme
{
    /// <summary>The page's C# blocks, in order.</summary>
    public static IReadOnlyList<string> Code(string page)
    {
        List<string> blocks = [];
        List<string>? block = null;
        foreach (string line in File.ReadLines(Path.Combine(Repository.Root, page)))
        {
            if (line == "```csharp")
            {
                block = [];
            }
            else if (line == "```" && block is not null)
            {
                blocks.Add(string.Join('\n', block) + "\n");
                block = null;
            }
            else
            {
                block?.Add(line);
            }
        }

        return blocks;
    }
}
