namespace TypedTasks.Analyzers.Evolution;

/// <summary>Writes the code as the baseline would have it, with the labels that the baseline has.</summary>
internal sealed class BaselineLines(TypePairs pairs)
{
    /// <summary>A task's whole block, and those of the types that it brings.</summary>
    public IEnumerable<BaselineEdit> Add(PresentTask task)
    {
        string[] lines =
        [
            BaselineText.Header(BlockKind.Task, task.Name, ""),
            .. Indented([
                $"{BaselineText.Queue} {task.Model.Options.Queue.Name}",
                Redelivery.Of(task.Model.Options).Line,
                $"{BaselineText.Delivery} {DeliveryPolicy.Of(task.Model.Options)}",
                .. task.Places.Select(place => Entry(BlockKind.Task, place)),
                task.Result is { } result ? Result(result) : "",
            ]),
        ];
        return
        [
            new BaselineEdit(EditKind.AddBlock, BaselineBlock.AddressOf(BlockKind.Task, task.Name), "", string.Join("\n", lines)),
            .. AddTypes([.. task.Places.Select(place => place.Type!), .. task.Result is { } returned ? [returned] : Array.Empty<WireType>()]),
        ];
    }

    /// <summary>A type's block under a label, and those of the types that it brings.</summary>
    public IEnumerable<BaselineEdit> Add(PresentType type, string label)
    {
        string[] lines = [BaselineText.Header(type.Kind, label, type.Scalar), .. Indented(Ordered(type).Select(place => Entry(type.Kind, place)))];
        return [new BaselineEdit(EditKind.AddBlock, BaselineBlock.AddressOf(type.Kind, label), "", string.Join("\n", lines))];
    }

    /// <summary>The blocks of types that the baseline does not list.</summary>
    public IEnumerable<BaselineEdit> AddTypes(IEnumerable<WireType> types) => pairs.Unlisted(types).SelectMany(type => Add(type, pairs.LabelOf(type.Identity)));

    /// <summary>One place, in the line that it has or in a new one.</summary>
    public IEnumerable<BaselineEdit> Put(BaselineBlock block, PresentPlace place) =>
        [new BaselineEdit(EditKind.Put, block.Address, block.Kind == BlockKind.Enum ? place.Name : place.Key, Entry(block.Kind, place)), .. AddTypes(TypesOf([place]))];

    /// <summary>All places of a block anew.</summary>
    public IEnumerable<BaselineEdit> SetPlaces(BaselineBlock block, IReadOnlyList<PresentPlace> places) =>
        [new BaselineEdit(EditKind.SetPlaces, block.Address, "", string.Join("\n", places.Select(place => Entry(block.Kind, place)))), .. AddTypes(TypesOf(places))];

    /// <summary>The result's line.</summary>
    public IEnumerable<BaselineEdit> PutResult(BaselineBlock block, WireType? result) => result is null
        ? [new BaselineEdit(EditKind.Remove, block.Address, BaselineText.Result, "")]
        : [new BaselineEdit(EditKind.Put, block.Address, BaselineText.Result, Result(result)), .. AddTypes([result])];

    public string Text(WireType type) => pairs.Labelled(type).ToString();

    private string Result(WireType result) => $"{BaselineText.Result} {Text(result)}";

    private string Entry(BlockKind kind, PresentPlace place) => BaselineText.Entry(kind, place.Key, place.Name, place.Type is { } type ? pairs.Labelled(type) : null);

    // By number as the wire has it; a map's names, which have no order there, as the baseline has them.
    private static IEnumerable<PresentPlace> Ordered(PresentType type) => type.Kind == BlockKind.Map
        ? type.Places.OrderBy(place => place.Key, StringComparer.Ordinal)
        : type.Places.OrderBy(place => BaselineText.PlaceOf(place.Key));

    private static IEnumerable<WireType> TypesOf(IEnumerable<PresentPlace> places) => places.Select(place => place.Type).Where(type => type is not null)!;

    private static IEnumerable<string> Indented(IEnumerable<string> lines) => lines.Where(line => line.Length > 0).Select(line => $"  {line}");
}
