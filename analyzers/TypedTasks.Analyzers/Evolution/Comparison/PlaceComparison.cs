using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Evolution;

/// <summary>Compares the places of a block with those of the code: arguments, members, an enum's values, a union's cases.</summary>
internal sealed class PlaceComparison(BaselineComparison comparison)
{
    /// <param name="block">The block.</param>
    /// <param name="now">The places as they are.</param>
    /// <param name="owner">Whose places they are, for messages: <c>The task 'jobs.run'</c>.</param>
    /// <param name="task">The task that sends them.</param>
    /// <param name="place">What is reported at where a place is not in source, or not there any more.</param>
    public void Compare(BaselineBlock block, IReadOnlyList<PresentPlace> now, string owner, PresentTask task, ISymbol? place)
    {
        foreach (PlaceMatch match in PlaceMatch.All(block, now))
        {
            (DiagnosticDescriptor Rule, string Message, IEnumerable<BaselineEdit> Edits)? found = match switch
            {
                { Change: PlaceChange.Same } => OfType(block, match.Then!, match.Now!, owner),
                { Change: PlaceChange.Moved } => (MovedRule(block.Kind), Moved(block, match, owner), comparison.Lines.SetPlaces(block, now)),
                { Change: PlaceChange.Renamed } => OfRename(block, match.Then!, match.Now!, owner, now),
                { Change: PlaceChange.Appended or PlaceChange.FillsGap } => OfNew(block, match, owner),
                { Change: PlaceChange.ReusesRetired } => (Rules.RetiredReused, Reused(block, match, owner), []),
                { Change: PlaceChange.Removed } => (MovedRule(block.Kind), Removed(block, match.Then!, owner), [new BaselineEdit(EditKind.Retire, block.Address, block.IdOf(match.Then!), "")]),
                _ => null,
            };
            if (found is var (rule, message, edits))
            {
                comparison.Add(rule, task.Contract, BaselineComparison.Place(match.Now?.Symbol, place, task.Method), message, [.. edits]);
            }
        }
    }

    private (DiagnosticDescriptor Rule, string Message, IEnumerable<BaselineEdit> Edits)? OfType(BaselineBlock block, BaselineEntry then, PresentPlace now, string owner)
    {
        if (then.Type is null || now.Type is null || block.Kind == BlockKind.Union)
        {
            return null;
        }

        string changed = $"{owner} had '{then.Type}' as {PlaceName(block.Kind, now.Key, now.Name)} and has '{comparison.Lines.Text(now.Type)}'";
        return TypeFits.Compare(then.Type, now.Type, comparison.Then, comparison.Now) switch
        {
            TypeFit.Breaks => (Rules.TypeChanged, $"{changed}, which cannot read all that was sent; keep the type, or append another place", comparison.Lines.Put(block, now)),
            TypeFit.Reads => (Rules.NotInBaseline, $"{changed}, which reads all that was sent; write it to {BaselineFile.FileName}", comparison.Lines.Put(block, now)),
            _ => null,
        };
    }

    private (DiagnosticDescriptor Rule, string Message, IEnumerable<BaselineEdit> Edits)? OfRename(BaselineBlock block, BaselineEntry then, PresentPlace now, string owner, IReadOnlyList<PresentPlace> all)
    {
        string was = $"{owner} had '{then.Name}' as {PlaceKind(block.Kind)} {now.Key} and has '{now.Name}'";
        bool isOther = block.Kind switch
        {
            BlockKind.Enum => false,
            BlockKind.Union => comparison.Now.IsNamed(then.Name),
            _ => TypeFits.Compare(then.Type!, now.Type!, comparison.Then, comparison.Now) == TypeFit.Breaks,
        };
        if (isOther)
        {
            return (MovedRule(block.Kind), $"{was}: what was sent as the one is read as the other", comparison.Lines.SetPlaces(block, all));
        }

        IEnumerable<BaselineEdit> edits = block.Kind == BlockKind.Enum
            ? [new BaselineEdit(EditKind.Remove, block.Address, then.Name, ""), .. comparison.Lines.Put(block, now)]
            : comparison.Lines.Put(block, now);
        return (Rules.Renamed, $"{was}: on the wire that is the same; accept it if the meaning is, and take a new place if it is not", edits);
    }

    private (DiagnosticDescriptor Rule, string Message, IEnumerable<BaselineEdit> Edits) OfNew(BaselineBlock block, PlaceMatch match, string owner)
    {
        PresentPlace now = match.Now!;
        string place = PlaceName(block.Kind, now.Key, now.Name);
        IEnumerable<BaselineEdit> edits = comparison.Lines.Put(block, now);
        return match.Change == PlaceChange.FillsGap && now.RefusesNil
            ? (Rules.RequiredAdded, $"{owner} has {place} where nil was sent until now, which '{comparison.Lines.Text(now.Type!)}' cannot be; make it nullable, or take a number behind the others", edits)
            : now.IsRequired
            ? (Rules.RequiredAdded, $"{owner} has {place}, which nothing that is under way has, and which has no default; make it nullable, or give it a default value", edits)
            : (Rules.NotInBaseline, $"{owner} has {place}, which is not in {BaselineFile.FileName}; add it, so that a later change of it is seen", edits);
    }

    private static string Moved(BaselineBlock block, PlaceMatch match, string owner) =>
        $"{owner} had '{match.Then!.Name}' as {PlaceKind(block.Kind)} {match.Then.Key} and has it as {match.Now!.Key}: what was sent as the one is read as the other; give it its number back";

    private static string Removed(BaselineBlock block, BaselineEntry then, string owner) => block.Kind switch
    {
        BlockKind.Enum => $"{owner} has no '{then.Name}' any more, and {then.Key} may still arrive; keep it, or retire its line, so that the number is not given away again",
        BlockKind.Union => $"{owner} has no {then.Key} ('{then.Name}') any more, and it may still arrive; keep it, or retire its line, so that the number is not given away again",
        _ => $"{owner} has no {PlaceName(block.Kind, then.Key, then.Name)} any more, and workers and producers of the old version still expect it; keep it, or retire its line",
    };

    private static string Reused(BaselineBlock block, PlaceMatch match, string owner) =>
        $"{owner} has {PlaceName(block.Kind, match.Now!.Key, match.Now.Name)} where '{match.Then!.Name}' is retired: what was sent as the one is read as the other; take the next free place";

    private static string PlaceKind(BlockKind kind) => kind switch
    {
        BlockKind.Task => "argument",
        BlockKind.Enum => "value",
        BlockKind.Union => "case",
        _ => "member",
    };

    private static string PlaceName(BlockKind kind, string key, string name) => kind == BlockKind.Map ? $"the member '{name}'" : $"'{name}' as {PlaceKind(kind)} {key}";

    private static DiagnosticDescriptor MovedRule(BlockKind kind) => kind switch
    {
        BlockKind.Enum => Rules.EnumChanged,
        BlockKind.Union => Rules.UnionTagChanged,
        _ => Rules.PlaceChanged,
    };
}
