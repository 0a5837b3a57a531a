using System.Collections.Immutable;

namespace TypedTasks.Canvases;

/// <summary>A canvas as a line of text, for logs and debuggers: <c>invoices.generate → (invoices.send | invoices.book) → invoices.close</c>.</summary>
internal static class CanvasText
{
    private const int MostMembers = 8;

    internal static string Of(ImmutableArray<CanvasElement> elements) => string.Join(" → ", elements.Select(Of));

    private static string Of(CanvasElement element) => element switch
    {
        CanvasStep step => step.Task.Name,
        CanvasGroup group => $"({string.Join(" | ", group.Members.Take(MostMembers).Select(Of))}{(group.Members.Length > MostMembers ? $" | … {group.Members.Length} in all" : "")})",
        _ => element.ToString(),
    };
}
