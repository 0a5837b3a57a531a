using TypedTasks.Analyzers.Evolution;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests.Evolution;

/// <summary>Code and its baseline, both marked up.</summary>
internal static class BaselineCode
{
    /// <summary>One file of code and the baseline.</summary>
    public static TestCode Of(string source, string baseline) => new()
    {
        Sources = [source],
        AdditionalFiles = new Dictionary<string, string> { [BaselineFile.FileName] = baseline.ReplaceLineEndings("\n") },
    };

    /// <summary>A contract <c>jobs</c> with these tasks, and types beside it.</summary>
    public static TestCode Jobs(string tasks, string baseline, string types = "") =>
        Of($"using MessagePack; [TaskContract(\"jobs\")] public interface IJobs {{ {tasks} }} {types}", baseline);

    /// <summary>The baseline afterwards, as the driver wants it.</summary>
    public static IReadOnlyDictionary<string, string> File(string baseline) => new Dictionary<string, string> { [BaselineFile.FileName] = baseline.ReplaceLineEndings("\n") };
}
