using System.Reflection;
using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Tests;

/// <summary>The profiles name every rule, and the default one says what the rules say by themselves.</summary>
public sealed class ProfileTests
{
    private static readonly Dictionary<string, string[]> Severities = new()
    {
        // Error, Warning, Info, off.
        ["relaxed"] = ["error", "suggestion", "silent", "none"],
        ["default"] = ["error", "warning", "suggestion", "none"],
        ["strict"] = ["error", "error", "warning", "suggestion"],
    };

    public static TheoryData<string> Profiles => [.. Severities.Keys];

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_profile_names_every_rule(string profile)
    {
        IEnumerable<string> expected = typeof(Rules).GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>()
            .OrderBy(rule => rule.Id, StringComparer.Ordinal)
            .Select(rule => $"dotnet_diagnostic.{rule.Id}.severity = {(rule.Id == RuleIds.AnalyzerFailure ? "warning" : Severities[profile][Place(rule)])}");
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "analyzers", "profiles", $"TypedTasks.{profile}.globalconfig"));
        Assert.Contains("is_global = true", lines);
        Assert.Equal(expected, lines.Where(line => line.StartsWith("dotnet_diagnostic.", StringComparison.Ordinal)));
    }

    private static int Place(DiagnosticDescriptor rule) => rule switch
    {
        { IsEnabledByDefault: false } => 3,
        { DefaultSeverity: DiagnosticSeverity.Error } => 0,
        { DefaultSeverity: DiagnosticSeverity.Warning } => 1,
        _ => 2,
    };
}
