using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Options;
using Microsoft.CodeAnalysis.Tags;
using Microsoft.CodeAnalysis.Text;

namespace TypedTasks.Completion;

/// <summary>
/// Puts the tasks of a contract first, in its order and with a star, where a user types a dot behind an <c>ITaskClient</c>. The editor's own list goes by name, and
/// tasks are extension methods there among the members that every object has.
/// </summary>
[ExportCompletionProvider(nameof(TaskCompletionProvider), LanguageNames.CSharp)]
public sealed class TaskCompletionProvider : CompletionProvider
{
    // Sorts before every letter, as the stars of other providers do. Nothing is preselected: a key that commits would take a task that nobody chose.
    private const string First = "!";

    /// <inheritdoc/>
    public override bool ShouldTriggerCompletion(SourceText text, int caretPosition, CompletionTrigger trigger, OptionSet options) =>
        trigger is { Kind: CompletionTriggerKind.Insertion, Character: '.' };

    /// <inheritdoc/>
    public override async Task ProvideCompletionsAsync(CompletionContext context)
    {
        ImmutableArray<IMethodSymbol> tasks = await ClientTasks.FindAsync(context.Document, context.CompletionListSpan.Start, context.CancellationToken).ConfigureAwait(false);
        for (int place = 0; place < tasks.Length; place++)
        {
            context.AddItem(CompletionItem.Create(
                displayText: tasks[place].Name,
                sortText: First + place.ToString("D5", null),
                tags: [WellKnownTags.ExtensionMethod, WellKnownTags.Public],
                displayTextPrefix: "★ "));
        }
    }

    /// <inheritdoc/>
    public override async Task<CompletionDescription?> GetDescriptionAsync(Document document, CompletionItem item, CancellationToken cancellationToken)
    {
        ImmutableArray<IMethodSymbol> tasks = await ClientTasks.FindAsync(document, item.Span.Start, cancellationToken).ConfigureAwait(false);
        return tasks.FirstOrDefault(task => task.Name == item.DisplayText) is { } task
            ? CompletionDescription.FromText(TaskDescription.Of(task, cancellationToken))
            : CompletionDescription.Empty;
    }
}
