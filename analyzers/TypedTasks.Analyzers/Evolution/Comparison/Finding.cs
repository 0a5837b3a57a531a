using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Evolution;

/// <summary>A difference between baseline and code, and the change of the baseline that accepts it.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Contract">The contract at whose analysis it is reported; null for what is reported in the baseline.</param>
/// <param name="Location">Where.</param>
/// <param name="Message">The whole message.</param>
/// <param name="Edits">What accepts it in the baseline; empty where nothing can.</param>
internal sealed record Finding(DiagnosticDescriptor Rule, INamedTypeSymbol? Contract, Location Location, string Message, ImmutableArray<BaselineEdit> Edits)
{
    /// <summary>The property of a diagnostic that holds the edits.</summary>
    public const string EditsProperty = "baseline";

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Rule,
        Location,
        ImmutableDictionary<string, string?>.Empty.Add(EditsProperty, Edits.IsEmpty ? null : BaselineEdit.Join(Edits)),
        Message);
}
