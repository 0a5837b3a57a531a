// Counters of the process, one for each type of document, and a list that is swapped for a longer one.
using System.Collections.Immutable;

public static class Tally<T>
{
    public static long Count;
}

public static class RecentDocuments
{
    private static ImmutableList<Guid> _recent = ImmutableList<Guid>.Empty;

    public static void Note(Guid document) => ImmutableInterlocked.Update(ref _recent, static (list, added) => list.Add(added), document);
}

public sealed class Contract;

[TaskContract]
public interface IDocumentTallies
{
    [Task, Idempotent]
    Task NoteAsync(Guid document);
}

public sealed class DocumentTallyWorker : IDocumentTallies
{
    public Task NoteAsync(Guid document)
    {
        {|TT415:Tally<Contract>.Count += 1|};
        {|TT415:RecentDocuments.Note(document)|};
        return Task.CompletedTask;
    }
}
