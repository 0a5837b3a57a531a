using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace TypedTasks.Analyzers.Tests.Driving;

/// <summary>A diagnostic that a test expects.</summary>
/// <param name="Id">The rule, or null for the only rule of the analyzer.</param>
/// <param name="Path">The file.</param>
/// <param name="Span">Where in it.</param>
internal sealed record Expected(string? Id, string Path, TextSpan Span);

/// <summary>
/// Source with the expected diagnostics marked in it, as the Roslyn testing library does: <c>[|span|]</c> for the analyzer's only rule,
/// <c>{|TT101:span|}</c> for a rule by its id. Marks nest.
/// </summary>
internal static partial class Markup
{
    /// <summary>The text without its marks, and the marks.</summary>
    public static (string Text, IReadOnlyList<Expected> Expected) Parse(string marked, string path)
    {
        StringBuilder text = new(marked.Length);
        Stack<(string? Id, int Start)> open = new();
        List<Expected> expected = [];
        int position = 0;
        foreach (Match mark in Mark().Matches(marked))
        {
            text.Append(marked, position, mark.Index - position);
            position = mark.Index + mark.Length;
            if (mark.Value[0] == '|')
            {
                (string? id, int start) = open.Pop();
                expected.Add(new Expected(id, path, TextSpan.FromBounds(start, text.Length)));
            }
            else
            {
                open.Push((mark.Groups["id"] is { Success: true } id ? id.Value : null, text.Length));
            }
        }

        text.Append(marked, position, marked.Length - position);
        Assert.Empty(open);
        return (text.ToString(), expected);
    }

    [GeneratedRegex(@"\[\||\|\]|\{\|(?<id>[A-Z]+[0-9]+):|\|\}")]
    private static partial Regex Mark();
}
