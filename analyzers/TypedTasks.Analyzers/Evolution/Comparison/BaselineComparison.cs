using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Evolution;

/// <summary>All that differs between a baseline and the contracts of a compilation: made once, reported piece by piece.</summary>
internal sealed class BaselineComparison
{
    private readonly List<Finding> _findings = [];
    private readonly HashSet<(string Rule, Location Location, string Message)> _known = [];

    public BaselineComparison(WireSnapshot now, BaselineFile then, string path)
    {
        Now = now;
        Then = then;
        foreach ((int line, string problem) in then.Problems)
        {
            Add(Rules.BaselineUnreadable, null, LocationOf(path, line), $"Line {(line + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)} of {BaselineFile.FileName} cannot be used: {problem}");
        }

        Pairs = new TypePairs(now, then);
        Lines = new BaselineLines(Pairs);
        if (then.HasMergeMarkers)
        {
            return;
        }

        TaskComparison tasks = new(this);
        foreach (PresentTask task in now.Tasks.Values)
        {
            tasks.Compare(task);
        }

        TypeComparison types = new(this);
        foreach (TypePair pair in Pairs.All)
        {
            types.Compare(pair);
        }

        foreach (BaselineBlock block in then.Tasks.Values.Where(block => !block.IsRetired && !now.Tasks.ContainsKey(block.Name) && !now.IsUnread(block.Name)))
        {
            Add(
                Rules.TaskRemoved,
                null,
                LocationOf(path, block.Line),
                $"No method declares the task '{block.Name}': what was enqueued under this name becomes a dead letter; {Renames.HintOf(block, then, now) ?? "keep it, or retire this line when nothing of it is left"}",
                new BaselineEdit(EditKind.Retire, block.Address, "", ""));
        }
    }

    public WireSnapshot Now { get; }

    public BaselineFile Then { get; }

    public TypePairs Pairs { get; }

    public BaselineLines Lines { get; }

    public IReadOnlyList<Finding> Findings => _findings;

    public void Add(DiagnosticDescriptor rule, INamedTypeSymbol? contract, Location location, string message, params BaselineEdit[] edits)
    {
        // What a line that cannot be read may say is not said to be missing.
        bool isMissing = ReferenceEquals(rule, Rules.NotInBaseline) && Then.Problems.Count > 0;
        if (!isMissing && _known.Add((rule.Id, location, message)))
        {
            _findings.Add(new Finding(rule, contract, location, message, [.. edits]));
        }
    }

    /// <summary>The symbol's place, or the next that is in source.</summary>
    public static Location Place(params ISymbol?[] symbols) =>
        symbols.Select(symbol => symbol?.Locations.FirstOrDefault(location => location.IsInSource)).FirstOrDefault(location => location is not null) ?? Location.None;

    private Location LocationOf(string path, int line)
    {
        Microsoft.CodeAnalysis.Text.TextSpan span = Then.Text.Lines[line].Span;
        return Location.Create(path, span, Then.Text.Lines.GetLinePositionSpan(span));
    }
}
