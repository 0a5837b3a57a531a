using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Evolution;

/// <summary>Compares a user's type with what the baseline lists under its label.</summary>
internal sealed class TypeComparison(BaselineComparison comparison)
{
    private readonly PlaceComparison _places = new(comparison);

    public void Compare(TypePair pair)
    {
        if (pair.Now is not { } type)
        {
            return;
        }

        Location location = BaselineComparison.Place(type.Symbol, pair.Task.Method);
        if (pair.Then is not { } block)
        {
            comparison.Add(
                Rules.NotInBaseline,
                pair.Task.Contract,
                location,
                $"What '{type.Display}' is made of is not in {BaselineFile.FileName}, which calls it '{pair.Label}'; add it, so that a later change of it is seen",
                [.. comparison.Lines.Add(type, pair.Label), .. comparison.Lines.AddTypes(type.Places.Select(place => place.Type).OfType<WireType>())]);
            return;
        }

        // That a type is of another kind is said where it is sent.
        if (block.Kind != type.Kind)
        {
            return;
        }

        if (block.Scalar != type.Scalar)
        {
            CompareScalar(pair, block, type, location);
        }

        _places.Compare(block, type.Places, $"'{type.Display}'", pair.Task, type.Symbol);
    }

    private void CompareScalar(TypePair pair, BaselineBlock block, PresentType type, Location location)
    {
        string changed = $"The enum '{type.Display}' was '{block.Scalar}' and is '{type.Scalar}'";
        BaselineEdit edit = new(EditKind.SetHeader, block.Address, "", BaselineText.Header(BlockKind.Enum, block.Name, type.Scalar));
        if (WireGroups.Reads(block.Scalar, type.Scalar))
        {
            comparison.Add(Rules.NotInBaseline, pair.Task.Contract, location, $"{changed}, which reads all that was sent; write it to {BaselineFile.FileName}", edit);
        }
        else
        {
            comparison.Add(Rules.TypeChanged, pair.Task.Contract, location, $"{changed}, which cannot read all that was sent; keep its type", edit);
        }
    }
}
