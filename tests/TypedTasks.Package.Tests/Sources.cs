namespace TypedTasks.Package.Tests;

/// <summary>What users of these tests type.</summary>
internal static class Sources
{
    public const string Contract = """
        using TypedTasks;

        namespace Shop;

        [TaskContract("mail")]
        public interface IMail
        {
            [Task, Idempotent] Task<string> SendAsync(string to);
        }
        """;

    public const string Handler = """
        using TypedTasks;

        namespace Shop;

        public sealed class Mailer : IMail
        {
            public Task<string> SendAsync(string to) => Task.FromResult($"sent to {to}");
        }
        """;

    /// <summary>The console program of the package's page, on another engine.</summary>
    public static string First(string useEngine) => Readme.Code("nuget/README.md")[0].Replace(".UseEmbedded()", useEngine, StringComparison.Ordinal);
}
