using Microsoft.CodeAnalysis.Text;

namespace TypedTasks.Analyzers.Evolution;

/// <summary>Makes changes in a baseline's text. What is new goes to its place in the order; what is there is never moved.</summary>
internal static class BaselineWriter
{
    private const string Indentation = "  ";

    /// <summary>The text after the edits.</summary>
    public static string Apply(string text, IEnumerable<BaselineEdit> edits)
    {
        string lineEnd = text.IndexOf("\r\n", StringComparison.Ordinal) >= 0 ? "\r\n" : "\n";
        List<string> lines = [.. text.Replace("\r\n", "\n").Split('\n')];
        if (lines[lines.Count - 1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        foreach (BaselineEdit edit in edits)
        {
            Apply(lines, edit);
        }

        return lines.Count == 0 ? "" : string.Join(lineEnd, lines) + lineEnd;
    }

    private static void Apply(List<string> lines, BaselineEdit edit)
    {
        BaselineFile file = BaselineFile.Parse(SourceText.From(string.Join("\n", lines)));
        BaselineBlock? block = file.Blocks.FirstOrDefault(candidate => candidate.Address == edit.Address);
        if (edit.Kind == EditKind.AddBlock)
        {
            if (block is null)
            {
                AddBlock(lines, file, edit.Address, edit.Text.Split('\n'));
            }

            return;
        }

        if (block is null)
        {
            return;
        }

        BaselineEntry? entry = EntryOf(block, edit.Id);
        switch (edit.Kind)
        {
            case EditKind.SetHeader:
                lines[block.Line] = edit.Text;
                break;
            case EditKind.Put when entry is { IsRetired: false }:
                lines[entry.Line] = IndentationOf(lines[entry.Line]) + edit.Text;
                break;
            case EditKind.Put:
                Insert(lines, file, block, edit);
                break;
            case EditKind.SetPlaces:
                SetPlaces(lines, block, edit);
                break;
            case EditKind.Remove when entry is not null:
                lines.RemoveAt(entry.Line);
                break;
            case EditKind.Retire when edit.Id.Length == 0 && !block.IsRetired:
                lines[block.Line] = $"{BaselineText.Retired} {lines[block.Line]}";
                break;
            case EditKind.Retire when entry is { IsRetired: false }:
                lines[entry.Line] = RetiredLine(lines[entry.Line]);
                break;
        }
    }

    /// <summary>Takes the places away that are written again, and then writes each: one line after the other could have two places of one name for a moment.</summary>
    private static void SetPlaces(List<string> lines, BaselineBlock block, BaselineEdit edit)
    {
        (string Id, string Name, string Text)[] places = [.. edit.Text.Split('\n').Where(text => text.Length > 0).Select(text => Place(block.Kind, text))];
        foreach (BaselineEntry entry in block.Places.Where(entry => !entry.IsRetired).OrderByDescending(entry => entry.Line))
        {
            if (Array.Exists(places, place => place.Id == block.IdOf(entry) || place.Name == entry.Name))
            {
                lines.RemoveAt(entry.Line);
            }
            else
            {
                lines[entry.Line] = RetiredLine(lines[entry.Line]);
            }
        }

        foreach ((string id, _, string text) in places)
        {
            Apply(lines, new BaselineEdit(EditKind.Put, edit.Address, id, text));
        }
    }

    private static (string Id, string Name, string Text) Place(BlockKind kind, string text)
    {
        List<string> words = BaselineText.Words(text)!;
        string name = kind == BlockKind.Map ? words[0] : words[1];
        return (kind == BlockKind.Enum ? name : words[0], name, text);
    }

    private static string RetiredLine(string line) => $"{IndentationOf(line)}{BaselineText.Retired} {line.Trim()}";

    private static BaselineEntry? EntryOf(BaselineBlock block, string id) =>
        block.Facts.TryGetValue(id, out BaselineEntry? fact) ? fact
        : block.Places.Find(place => block.IdOf(place) == id && !place.IsRetired) ?? block.Places.Find(place => block.IdOf(place) == id);

    /// <summary>After the last line that comes before it in the order; after the header where there is none.</summary>
    private static void Insert(List<string> lines, BaselineFile file, BaselineBlock block, BaselineEdit edit)
    {
        BaselineEntry[] entries = [.. block.Facts.Values.Concat(block.Places).OrderBy(entry => entry.Line)];
        int after = block.Line;
        foreach (BaselineEntry entry in entries)
        {
            if (Precedes(block.Kind, entry, edit))
            {
                after = entry.Line;
            }
        }

        string indentation = entries.Length > 0 ? IndentationOf(lines[entries[0].Line]) : Indentation;
        lines.Insert(after + 1, indentation + edit.Text);
    }

    private static bool Precedes(BlockKind kind, BaselineEntry entry, BaselineEdit edit)
    {
        if (kind == BlockKind.Map)
        {
            return string.CompareOrdinal(entry.Key, edit.Id) < 0;
        }

        string key = kind == BlockKind.Enum ? edit.Text.Split(' ')[0] : edit.Id;
        return BaselineText.PlaceOf(entry.Key).CompareTo(BaselineText.PlaceOf(key)) <= 0;
    }

    /// <summary>Before the first block whose header is later in the ordinal order, and before the comments above that header.</summary>
    private static void AddBlock(List<string> lines, BaselineFile file, string address, string[] added)
    {
        BaselineBlock? next = file.Blocks.FirstOrDefault(block => string.CompareOrdinal(block.Address, address) > 0);
        if (next is null)
        {
            while (lines.Count > 0 && lines[lines.Count - 1].Trim().Length == 0)
            {
                lines.RemoveAt(lines.Count - 1);
            }

            lines.AddRange(lines.Count == 0 ? added : ["", .. added]);
            return;
        }

        // A comment at the head of the file is the file's own, if an empty line follows it.
        int position = next.Line;
        while (position > 0 && lines[position - 1].TrimStart().StartsWith("#", StringComparison.Ordinal))
        {
            position--;
        }

        lines.InsertRange(position, [.. added, ""]);
    }

    private static string IndentationOf(string line) => line.Substring(0, line.Length - line.TrimStart().Length);
}
