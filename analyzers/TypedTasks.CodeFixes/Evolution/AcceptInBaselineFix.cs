using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using TypedTasks.Analyzers;
using TypedTasks.Analyzers.Evolution;

namespace TypedTasks.CodeFixes.Evolution;

/// <summary>
/// Writes a change into <c>TaskContracts.txt</c>: a tombstone for what is gone, a new line for what is another. One at a time, because each is a decision about what is
/// under way.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)], DocumentExtensions = [".txt", ".cs"])]
[Shared]
public sealed class AcceptInBaselineFix : TaskCodeFix
{
    /// <summary>Creates the fix.</summary>
    public AcceptInBaselineFix()
        : base(
            RuleIds.TaskRemoved,
            RuleIds.RouteChanged,
            RuleIds.PlaceChanged,
            RuleIds.TypeChanged,
            RuleIds.RequiredAdded,
            RuleIds.ResultChanged,
            RuleIds.EnumChanged,
            RuleIds.UnionTagChanged,
            RuleIds.IdempotencyWeakened,
            RuleIds.DeliveryChanged,
            RuleIds.Renamed)
    {
    }

    /// <summary>None: what breaks is not to be accepted unread.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        BaselineFixes.Register(context, diagnostic => diagnostic.Id == RuleIds.TaskRemoved ? $"Retire in {BaselineFile.FileName}" : $"Accept in {BaselineFile.FileName}");
        return Task.CompletedTask;
    }
}
