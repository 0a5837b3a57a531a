using System.Runtime.CompilerServices;

namespace TypedTasks.Nats.JetStream;

/// <summary>Subjects of a stream with how many messages each holds, in ordinal order, from an offset on.</summary>
/// <param name="Subjects">The subjects; as many as the server puts into one answer.</param>
/// <param name="Total">How many there are in all.</param>
internal readonly record struct SubjectPage(IReadOnlyList<KeyValuePair<string, long>> Subjects, long Total);

/// <summary>
/// Reads subjects page by page, while some come and go, which moves the others to other offsets: every page begins with the last subject of the one before, or a smaller one.
/// </summary>
internal static class SubjectPages
{
    /// <summary>Each subject once, in ordinal order; those that are there all the time for certain.</summary>
    /// <param name="read">Reads the page from an offset on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<KeyValuePair<string, long>> ReadAsync(Func<long, CancellationToken, ValueTask<SubjectPage>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long offset = 0;
        long back = 1;
        string? last = null;
        while (true)
        {
            SubjectPage page = await read(offset, cancellationToken).ConfigureAwait(false);
            if (offset > 0 && (page.Subjects.Count == 0 || string.CompareOrdinal(page.Subjects[0].Key, last) > 0))
            {
                // Smaller ones went: what follows the last may have moved in front of this page.
                offset = Math.Max(0, offset - back);
                back *= 2;
                continue;
            }

            back = 1;
            foreach (KeyValuePair<string, long> subject in page.Subjects)
            {
                if (last is null || string.CompareOrdinal(subject.Key, last) > 0)
                {
                    last = subject.Key;
                    yield return subject;
                }
            }

            if (page.Subjects.Count == 0 || offset + page.Subjects.Count >= page.Total)
            {
                yield break;
            }

            offset += Math.Max(1, page.Subjects.Count - 1);
        }
    }
}
