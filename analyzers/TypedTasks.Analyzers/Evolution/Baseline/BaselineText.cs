using System.Globalization;
using System.Text;

namespace TypedTasks.Analyzers.Evolution;

/// <summary>The words of a baseline, and how its lines are taken apart and written.</summary>
internal static class BaselineText
{
    /// <summary>What begins a tombstone.</summary>
    public const string Retired = "*RETIRED*";

    public const string Queue = "queue";
    public const string Result = "result";
    public const string Delivery = "delivery";
    public const string Idempotent = "idempotent";
    public const string AtMostOnce = "at-most-once";

    private static readonly string[] MergeMarkers = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

    /// <summary>The first word of a block's header.</summary>
    public static string Keyword(BlockKind kind) => kind switch
    {
        BlockKind.Task => "task",
        BlockKind.Enum => "enum",
        BlockKind.Union => "union",
        _ => "type",
    };

    /// <summary>A header as it is written.</summary>
    public static string Header(BlockKind kind, string name, string scalar) => kind switch
    {
        BlockKind.Array => $"type {name} array",
        BlockKind.Map => $"type {name} map",
        BlockKind.Enum => $"enum {name} {scalar}",
        _ => $"{Keyword(kind)} {name}",
    };

    /// <summary>An entry as it is written, without its indentation.</summary>
    public static string Entry(BlockKind kind, string key, string name, WireType? type) => kind switch
    {
        BlockKind.Map => $"{Quote(key)} {type}",
        BlockKind.Union => $"{key} {type}",
        BlockKind.Enum => $"{key} {name}",
        _ => $"{key} {name} {type}",
    };

    public static bool IsMergeMarker(string line) => Array.Exists(MergeMarkers, marker => line.StartsWith(marker, StringComparison.Ordinal));

    /// <summary>Where an entry stands in its block: what is said of the task, the arguments by number, the result.</summary>
    public static (int Rank, decimal Number) PlaceOf(string key) => key switch
    {
        Queue => (0, 0),
        Idempotent or AtMostOnce => (1, 0),
        Delivery => (2, 0),
        Result => (4, 0),
        _ => (3, decimal.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number) ? number : 0),
    };

    /// <summary>A word as it is written: between quotation marks where it would be read as something else without them.</summary>
    public static string Quote(string word)
    {
        if (word.Length > 0 && word[0] is not ('#' or '*') && !word.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '"' or '\\'))
        {
            return word;
        }

        StringBuilder text = new("\"");
        foreach (char c in word)
        {
            text.Append(c switch
            {
                '"' or '\\' => $"\\{c}",
                ' ' => " ",
                _ when char.IsWhiteSpace(c) || char.IsControl(c) => $"\\u{((int)c).ToString("x4", CultureInfo.InvariantCulture)}",
                _ => c.ToString(),
            });
        }

        return text.Append('"').ToString();
    }

    /// <summary>The words of a line; null where a quotation mark is left open.</summary>
    public static List<string>? Words(string line)
    {
        List<string> words = [];
        int position = 0;
        while (true)
        {
            while (position < line.Length && char.IsWhiteSpace(line[position]))
            {
                position++;
            }

            if (position == line.Length)
            {
                return words;
            }

            if (line[position] == '"')
            {
                if (Unquote(line, ref position) is not { } quoted)
                {
                    return null;
                }

                words.Add(quoted);
                continue;
            }

            int start = position;
            while (position < line.Length && !char.IsWhiteSpace(line[position]))
            {
                position++;
            }

            words.Add(line.Substring(start, position - start));
        }
    }

    private static string? Unquote(string line, ref int position)
    {
        StringBuilder text = new();
        for (position++; position < line.Length; position++)
        {
            switch (line[position])
            {
                case '"':
                    position++;
                    return text.ToString();
                case '\\' when position + 1 < line.Length:
                    position++;
                    if (line[position] == 'u' && position + 4 < line.Length && ushort.TryParse(line.Substring(position + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
                    {
                        text.Append((char)code);
                        position += 4;
                    }
                    else
                    {
                        text.Append(line[position]);
                    }

                    break;
                default:
                    text.Append(line[position]);
                    break;
            }
        }

        return null;
    }
}
