namespace TypedTasks.Analyzers.Evolution;

/// <summary>What an edit does.</summary>
internal enum EditKind
{
    /// <summary>Adds a block, where there is none of its address.</summary>
    AddBlock,

    /// <summary>Writes a block's header anew.</summary>
    SetHeader,

    /// <summary>Writes an entry: in place of the one of its id, or new.</summary>
    Put,

    /// <summary>Writes all places of a block; what has none any more becomes a tombstone.</summary>
    SetPlaces,

    /// <summary>Takes an entry away.</summary>
    Remove,

    /// <summary>Makes a tombstone of an entry, or of the block where the id is empty.</summary>
    Retire,
}

/// <summary>
/// One change of a baseline. It names a block and an entry, never a line: several changes can be made one after the other, in any order, and every line that they do not
/// name stays as it is.
/// </summary>
/// <param name="Kind">What is done.</param>
/// <param name="Address">The block: <c>task jobs.run</c>.</param>
/// <param name="Id">The entry; empty for the block itself.</param>
/// <param name="Text">What is written: an entry, a header, or a block's lines.</param>
internal sealed record BaselineEdit(EditKind Kind, string Address, string Id, string Text)
{
    // Characters that no text of a baseline has: control characters are not written into one.
    private const char Field = '\u001f';
    private const char Record = '\u001e';

    /// <summary>Edits as one string, which travels with a diagnostic to the fix.</summary>
    public static string Join(IEnumerable<BaselineEdit> edits) =>
        string.Join(Record.ToString(), edits.Select(edit => string.Join(Field.ToString(), ((int)edit.Kind).ToString(System.Globalization.CultureInfo.InvariantCulture), edit.Address, edit.Id, edit.Text)));

    /// <summary>The edits of a string made by <see cref="Join"/>.</summary>
    public static IEnumerable<BaselineEdit> Split(string text) => text.Split(Record)
        .Select(record => record.Split(Field))
        .Where(fields => fields.Length == 4)
        .Select(fields => new BaselineEdit((EditKind)int.Parse(fields[0], System.Globalization.CultureInfo.InvariantCulture), fields[1], fields[2], fields[3]));
}
