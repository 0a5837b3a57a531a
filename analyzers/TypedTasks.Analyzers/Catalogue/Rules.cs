using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers;

/// <summary>
/// The catalogue: one descriptor a rule, one file a category. Severity states certainty: an error is only what cannot be generated, or what arithmetic or the
/// wire proves broken; whatever rests on a judgement is a warning or less.
/// </summary>
internal static partial class Rules
{
    private static DiagnosticDescriptor Create(
        string id,
        string category,
        DiagnosticSeverity defaultSeverity,
        string title,
        string messageFormat,
        string description,
        bool isEnabledByDefault = true) =>
        new(id, title, messageFormat, category, defaultSeverity, isEnabledByDefault, description, helpLinkUri: $"{RulePages.Address}{id}.md");

    /// <summary>The categories: a rule's first digit.</summary>
    public static class Categories
    {
        public const string Contract = "TypedTasks.Contract";
        public const string Routing = "TypedTasks.Routing";
        public const string Serialization = "TypedTasks.Serialization";
        public const string Idempotency = "TypedTasks.Idempotency";
        public const string Reliability = "TypedTasks.Reliability";
        public const string WireCompat = "TypedTasks.WireCompat";
        public const string Usage = "TypedTasks.Usage";
        public const string Canvas = "TypedTasks.Canvas";
        public const string Tooling = "TypedTasks.Tooling";
    }
}
