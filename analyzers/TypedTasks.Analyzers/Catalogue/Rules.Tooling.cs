using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers;

/// <content>TT9xx: the health of the analysis itself.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor VersionsDisagree = Create(
        RuleIds.VersionsDisagree,
        Categories.Tooling,
        DiagnosticSeverity.Error,
        "Package versions disagree",
        "'{0}' has version {1}, and TypedTasks {2}: generated code calls what the runtime of its own version has; give all TypedTasks packages one version",
        "Generator, analyzers, runtime and engines are made for each other, and released together.");

    public static readonly DiagnosticDescriptor AnalyzerFailure = Create(
        RuleIds.AnalyzerFailure,
        Categories.Tooling,
        DiagnosticSeverity.Warning,
        "Internal analyzer failure",
        "TypedTasks' analyzer {0} failed here and said nothing else about it; please report this as a bug of TypedTasks: {1}",
        "An analyzer met code that it did not expect. The build goes on; the rules of that analyzer are silent for this place.");
}
