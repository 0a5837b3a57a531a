using System.Collections.Immutable;
using System.Text;

namespace TypedTasks.Canvases;

/// <summary>A canvas as a line of text, for logs and debuggers: <c>invoices.generate → (invoices.send | invoices.book) → invoices.close</c>.</summary>
internal static class CanvasText
{
    private const int MostMembers = 8;
    private const int Enough = 2_000;

    internal static string Of(ImmutableArray<CanvasElement> elements)
    {
        var text = new StringBuilder();
        Append(text, elements);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ImmutableArray<CanvasElement> elements)
    {
        for (int place = 0; place < elements.Length; place++)
        {
            text.Append(place == 0 ? "" : " → ");
            if (text.Length > Enough)
            {
                // One canvas may stand in another a thousand times.
                text.Append('…');
                return;
            }

            switch (elements[place])
            {
                case CanvasStep step:
                    text.Append(step.Task.Name);
                    break;
                case CanvasGroup group:
                    Append(text, group);
                    break;
            }
        }
    }

    private static void Append(StringBuilder text, CanvasGroup group)
    {
        text.Append('(');
        for (int place = 0; place < Math.Min(group.Members.Length, MostMembers); place++)
        {
            text.Append(place == 0 ? "" : " | ");
            Append(text, group.Members[place]);
        }

        text.Append(group.Members.Length > MostMembers ? $" | … {group.Members.Length} in all)" : ")");
    }
}
