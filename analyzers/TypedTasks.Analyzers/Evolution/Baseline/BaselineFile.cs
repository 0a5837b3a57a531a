using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Evolution;

/// <summary>
/// A <c>TaskContracts.txt</c> as it was read. Every line stands for itself: one that cannot be read is a problem with its place, and nothing else is lost by it.
/// </summary>
internal sealed class BaselineFile
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "TaskContracts.txt";

    private readonly Dictionary<string, BaselineBlock> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BaselineBlock> _types = new(StringComparer.Ordinal);
    private readonly List<BaselineBlock> _blocks = [];
    private readonly List<(int Line, string Problem)> _problems = [];

    // What entries belong to: null before the first header; not among the blocks after a header that could not be used.
    private BaselineBlock? _current;

    private BaselineFile(SourceText text) => Text = text;

    public SourceText Text { get; }

    /// <summary>The tasks by name, tombstones included.</summary>
    public IReadOnlyDictionary<string, BaselineBlock> Tasks => _tasks;

    /// <summary>The types by label, tombstones included.</summary>
    public IReadOnlyDictionary<string, BaselineBlock> Types => _types;

    /// <summary>All blocks in the order of their headers.</summary>
    public IReadOnlyList<BaselineBlock> Blocks => _blocks;

    public IReadOnlyList<(int Line, string Problem)> Problems => _problems;

    /// <summary>Whether a merge is left unfinished: then nothing of the file can be relied on.</summary>
    public bool HasMergeMarkers { get; private set; }

    /// <summary>Whether a file is a baseline by its name.</summary>
    public static bool IsOne(AdditionalText file) => string.Equals(Path.GetFileName(file.Path), FileName, StringComparison.OrdinalIgnoreCase);

    /// <summary>The project's baseline, the first by path of several; null for none.</summary>
    public static AdditionalText? Among(AnalyzerOptions options) => options.AdditionalFiles.Where(IsOne).OrderBy(file => file.Path, StringComparer.Ordinal).FirstOrDefault();

    public static BaselineFile Parse(SourceText text)
    {
        BaselineFile file = new(text);
        foreach (TextLine line in text.Lines)
        {
            file.ReadLine(line.LineNumber, line.ToString());
        }

        return file;
    }

    private void ReadLine(int line, string text)
    {
        if (BaselineText.IsMergeMarker(text))
        {
            HasMergeMarkers = true;
            _problems.Add((line, $"a merge is left unfinished here: '{text.Trim()}'"));
            return;
        }

        string content = text.Trim();
        if (content.Length == 0 || content[0] == '#')
        {
            return;
        }

        if (BaselineText.Words(content) is not { } words)
        {
            _problems.Add((line, "a quotation mark is left open"));
            return;
        }

        bool isRetired = words[0] == BaselineText.Retired && content[0] == '*';
        if (isRetired)
        {
            words.RemoveAt(0);
        }

        if (words.Count == 0)
        {
            _problems.Add((line, $"nothing follows {BaselineText.Retired}"));
        }
        else if (char.IsWhiteSpace(text[0]))
        {
            ReadEntry(line, words, isRetired);
        }
        else
        {
            ReadHeader(line, words, isRetired);
        }
    }

    private void ReadHeader(int line, List<string> words, bool isRetired)
    {
        BaselineBlock? block = words switch
        {
            ["task", var name] when name.Split('.') is [var contract, var task] && NameRules.IsWireName(contract) && NameRules.IsWireName(task) => new(BlockKind.Task, name, "", line, isRetired),
            ["type", var label, "array"] when IsLabel(label) && !isRetired => new(BlockKind.Array, label, "", line, false),
            ["type", var label, "map"] when IsLabel(label) && !isRetired => new(BlockKind.Map, label, "", line, false),
            ["enum", var label, var scalar] when IsLabel(label) && WireType.IsScalar(scalar) && !isRetired => new(BlockKind.Enum, label, scalar, line, false),
            ["union", var label] when IsLabel(label) && !isRetired => new(BlockKind.Union, label, "", line, false),
            _ => null,
        };

        // The entries of a header that cannot be used are read and forgotten: what is wrong is said once.
        _current = block ?? new BaselineBlock(BlockKind.Task, "", "", line, true);
        if (block is null)
        {
            _problems.Add((line, isRetired && words[0] is "type" or "enum" or "union" ? $"only a task or an entry is retired; a {words[0]} that nothing names any more can be deleted"
                : words[0] is "task" or "type" or "enum" or "union"
                ? "expected 'task contract.task', 'type label array', 'type label map', 'enum label int32' or 'union label'"
                : $"'{words[0]}' begins no block: expected 'task', 'type', 'enum' or 'union'; what belongs to one is indented"));
            return;
        }

        Dictionary<string, BaselineBlock> known = block.Kind == BlockKind.Task ? _tasks : _types;
        if (known.ContainsKey(block.Name))
        {
            _problems.Add((line, $"'{block.Name}' is described twice"));
            return;
        }

        known.Add(block.Name, block);
        _blocks.Add(block);
    }

    private void ReadEntry(int line, List<string> words, bool isRetired)
    {
        if (_current is not { } block)
        {
            _problems.Add((line, "an indented line belongs to a 'task', 'type', 'enum' or 'union' before it, and there is none"));
            return;
        }

        if (block.Name.Length == 0)
        {
            return;
        }

        if (block.Kind == BlockKind.Task && !IsNumber(words[0]))
        {
            ReadFact(block, line, words, isRetired);
            return;
        }

        BaselineEntry? entry = (block.Kind, words) switch
        {
            (BlockKind.Task or BlockKind.Array, [var key, var name, var type]) when IsIndex(key) && WireType.Parse(type) is { } read => new(line, key, name, read, isRetired),
            (BlockKind.Map, [var name, var type]) when WireType.Parse(type) is { } read => new(line, name, name, read, isRetired),
            (BlockKind.Enum, [var key, var name]) when IsNumber(key) => new(line, key, name, null, isRetired),
            (BlockKind.Union, [var key, var type]) when IsNumber(key) && WireType.Parse(type) is { IsUser: true } read => new(line, key, read.Name, read, isRetired),
            _ => null,
        };
        if (entry is null)
        {
            _problems.Add((line, block.Kind switch
            {
                BlockKind.Task => "expected '0 name type', 'queue name', 'idempotent', 'at-most-once', 'delivery …' or 'result type'",
                BlockKind.Array => "expected '0 name type'",
                BlockKind.Map => "expected 'name type'",
                BlockKind.Enum => "expected '0 Name'",
                _ => "expected '0 label'",
            }));
            return;
        }

        if (block.Places.Find(other => IsSamePlace(block.Kind, other, entry)) is { } same)
        {
            _problems.Add((line, block.Kind == BlockKind.Enum || same.Key != entry.Key ? $"'{entry.Name}' has two places" : $"'{entry.Key}' is given twice"));
            return;
        }

        block.Places.Add(entry);
    }

    private void ReadFact(BaselineBlock block, int line, List<string> words, bool isRetired)
    {
        string rest = string.Join(" ", words.Skip(1));
        BaselineEntry? entry = words switch
        {
            _ when isRetired => null,
            [BaselineText.Queue, var queue] when NameRules.IsWireName(queue) => new(line, words[0], queue, null, false),
            [BaselineText.Result, var type] when WireType.Parse(type) is { } read => new(line, words[0], rest, read, false),
            [BaselineText.Idempotent or BaselineText.AtMostOnce] => new(line, words[0], "", null, false),
            [BaselineText.Idempotent, var window, _] when DurationParser.TryParse(window, out _) => new(line, words[0], rest, null, false),
            [BaselineText.Delivery, _, ..] when DeliveryPolicy.TryParse(rest) is not null => new(line, words[0], rest, null, false),
            _ => null,
        };
        if (entry is null)
        {
            _problems.Add((line, words[0] switch
            {
                BaselineText.Queue => "expected 'queue name'",
                BaselineText.Result => "expected 'result type'",
                BaselineText.Idempotent => "expected 'idempotent', or 'idempotent 24h {key}'",
                BaselineText.Delivery => $"expected 'delivery' and some of {DeliveryPolicy.Words}",
                _ => "expected '0 name type', 'queue name', 'idempotent', 'at-most-once', 'delivery …' or 'result type'",
            }));
        }
        else if (block.Facts.ContainsKey(entry.Key))
        {
            _problems.Add((line, $"'{entry.Key}' is given twice"));
        }
        else
        {
            block.Facts.Add(entry.Key, entry);
        }
    }

    // A value of an enum may share its number with another, and come back under another number; a number of anything else is taken once and for all.
    private static bool IsSamePlace(BlockKind kind, BaselineEntry one, BaselineEntry other) => kind == BlockKind.Enum
        ? one.Name == other.Name && one.IsRetired == other.IsRetired
        : one.Key == other.Key || (kind != BlockKind.Union && !one.IsRetired && !other.IsRetired && one.Name == other.Name);

    private static bool IsLabel(string label) => label.All(WireType.IsNameCharacter) && !WireType.IsReserved(label);

    private static bool IsIndex(string text) => IsNumber(text) && text[0] != '-';

    // As a number is written: one spelling a value, so that two lines of one place are seen to be that.
    private static bool IsNumber(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number) && number.ToString(CultureInfo.InvariantCulture) == text;
}
