using System.Text.Json;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

// Questions for administration, asked page by page.
internal sealed partial class NatsEngine
{
    private long _otherLanesAt = long.MinValue;

    /// <summary>The subjects of a stream that match a filter, in ordinal order, each with how many messages it holds.</summary>
    public IAsyncEnumerable<KeyValuePair<string, long>> SubjectCountsAsync(string stream, string filter, CancellationToken cancellationToken) =>
        SubjectPages.ReadAsync((offset, token) => SubjectPageAsync(stream, filter, offset, token), cancellationToken);

    private async ValueTask<SubjectPage> SubjectPageAsync(string stream, string filter, long offset, CancellationToken cancellationToken)
    {
        JsonElement info = await WorkApi.RequestAsync("STREAM.INFO." + stream, json =>
        {
            json.WriteStartObject();
            json.WriteString("subjects_filter"u8, filter);
            json.WriteNumber("offset"u8, offset);
            json.WriteEndObject();
        }, cancellationToken).ConfigureAwait(false);
        var subjects = new List<KeyValuePair<string, long>>();
        if (info.TryGetProperty("state"u8, out JsonElement state) && state.TryGetProperty("subjects"u8, out JsonElement found) && found.ValueKind == JsonValueKind.Object)
        {
            subjects.AddRange(found.EnumerateObject().Select(subject => KeyValuePair.Create(subject.Name, subject.Value.GetInt64())));
            subjects.Sort(static (one, other) => string.CompareOrdinal(one.Key, other.Key));
        }

        return new SubjectPage(subjects, JetStreamApi.Long(info, "total"u8));
    }

    /// <summary>All lanes on the server: each consumer of each queue's stream.</summary>
    public async ValueTask<IReadOnlyList<Lane>> ListLanesAsync(CancellationToken cancellationToken)
    {
        var lanes = new List<Lane>();
        foreach (string stream in await WorkApi.ListNamesAsync("STREAM.NAMES", "streams", Names.Queues + ">", cancellationToken).ConfigureAwait(false))
        {
            if (!stream.StartsWith(Names.QueueStreamPrefix, StringComparison.Ordinal) || SubjectToken.Unescape(stream.AsSpan(Names.QueueStreamPrefix.Length)) is not { } queue)
            {
                continue;
            }

            foreach (string consumer in await WorkApi.ListNamesAsync("CONSUMER.NAMES." + stream, "consumers", null, cancellationToken).ConfigureAwait(false))
            {
                if (SubjectToken.Unescape(consumer) is { } contract)
                {
                    lanes.Add(new Lane(queue, contract));
                }
            }
        }

        return lanes;
    }

    /// <summary>The lanes that only other processes use, as far as this one has heard of them.</summary>
    public IReadOnlyCollection<Lane> OtherLanes { get; private set; } = [];

    /// <summary>The lanes that only other processes use, as they were at <paramref name="timestamp"/> or later.</summary>
    public async ValueTask<IReadOnlyCollection<Lane>> OtherLanesAsync(long timestamp, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _otherLanesAt) < timestamp)
        {
            long now = Time.GetTimestamp();
            IReadOnlyList<Lane> all = await ListLanesAsync(cancellationToken).ConfigureAwait(false);
            OtherLanes = [.. all.Where(lane => !_topology.Knows(lane))];
            Volatile.Write(ref _otherLanesAt, now);
        }

        return OtherLanes;
    }
}
