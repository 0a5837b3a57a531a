using System.Reflection;

namespace TypedTasks.Analyzers;

/// <summary>Where the rules' pages are.</summary>
internal static class RulePages
{
    private const string Folder = "analyzers/rules/";

    /// <summary>
    /// Of a package, the address of the pages at the commit that it was built of, so that a page says what that version does;
    /// of anything else, where they are from the repository's root.
    /// </summary>
    public static string Address { get; } = AddressOf(
        typeof(RulePages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(metadata => metadata.Key == "RepositoryUrl")?.Value,
        typeof(RulePages).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);

    /// <param name="repository">The repository's address, as the SDK wrote it down when the package was built; null if it did not.</param>
    /// <param name="version">The version with its commit, <c>1.2.3+0123abc</c>.</param>
    public static string AddressOf(string? repository, string? version)
    {
        if (repository is null || !repository.StartsWith("https://", StringComparison.Ordinal) || version?.Split('+') is not [_, { Length: > 0 } commit])
        {
            return Folder;
        }

        const string Suffix = ".git";
        string page = repository.EndsWith(Suffix, StringComparison.Ordinal) ? repository.Substring(0, repository.Length - Suffix.Length) : repository;
        return $"{page.TrimEnd('/')}/blob/{commit}/{Folder}";
    }
}
