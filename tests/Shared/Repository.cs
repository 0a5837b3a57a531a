namespace TypedTasks.Tests.Shared;

/// <summary>
/// Where the sources are, found from where the tests run: a compiler's caller path is <c>/_/…</c> in a deterministic build, so no test may read it.
/// </summary>
internal static class Repository
{
    /// <summary>The folder that holds TypedTasks.sln.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "TypedTasks.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"There is no TypedTasks.sln above {AppContext.BaseDirectory}: run the tests where they were built.");
    }
}
