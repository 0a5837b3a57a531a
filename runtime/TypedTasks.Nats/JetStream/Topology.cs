using System.Collections.Concurrent;
using System.Text.Json;
using TypedTasks.Nats.Connection;

namespace TypedTasks.Nats.JetStream;

/// <summary>Makes sure that streams and consumers exist and are as configured. What exists is compared, never changed behind an operator's back.</summary>
internal sealed class Topology(JetStreamApi api, Names names, NatsEngineOptions options)
{
    /// <summary>The level of the JetStream API from which on a message may have a time to live.</summary>
    private const int LevelOfTimeToLive = 1;

    private readonly ConcurrentDictionary<Lane, bool> _lanes = new();
    private readonly ConcurrentDictionary<string, bool> _streams = new();

    /// <summary>Whether a lane is known to exist.</summary>
    public bool Knows(Lane lane) => _lanes.ContainsKey(lane);

    /// <summary>The lanes that are known here.</summary>
    public IReadOnlyCollection<Lane> Lanes => (IReadOnlyCollection<Lane>)_lanes.Keys;

    /// <summary>Forgets what is known: after the server lost a stream or a consumer.</summary>
    public void Forget()
    {
        foreach (Lane lane in _lanes.Keys)
        {
            names.Of(lane).IsMade = false;
        }

        _lanes.Clear();
        _streams.Clear();
    }

    /// <summary>Makes the streams that all queues share.</summary>
    public async ValueTask<SharedStreams> EnsureSharedAsync(CancellationToken cancellationToken)
    {
        var shared = new StreamConfig { Name = "", Subject = "", Storage = options.Storage, Replicas = options.Replicas, RefusesSecond = true, DuplicateWindow = options.DuplicateWindow };
        await EnsureStreamAsync(shared with { Name = names.DelayStream, Subject = names.Delays + ">", RefusesSecond = false, MaxPerSubject = -1 }, cancellationToken).ConfigureAwait(false);
        await EnsureStreamAsync(shared with { Name = names.DeadStream, Subject = names.Dead + ">" }, cancellationToken).ConfigureAwait(false);
        StreamConfig records = shared with
        {
            Discard = "old",
            RefusesSecond = false,
            MaxAge = options.MaxRetention,
            DuplicateWindow = TimeSpan.FromSeconds(1),
            AllowsTimeToLive = await LevelAsync(cancellationToken).ConfigureAwait(false) >= LevelOfTimeToLive,
        };
        JsonElement tasks = await EnsureStreamAsync(records with { Name = names.TaskStream, Subject = names.Tasks + ">" }, cancellationToken).ConfigureAwait(false);
        JsonElement state = await EnsureStreamAsync(records with { Name = names.StateStream, Subject = names.State + ">" }, cancellationToken).ConfigureAwait(false);
        return new SharedStreams(JetStreamApi.Flag(tasks, "allow_msg_ttl"u8), JetStreamApi.Flag(state, "allow_msg_ttl"u8));
    }

    // A server before 2.11 says nothing of levels (NATS ADR-44).
    private async ValueTask<long> LevelAsync(CancellationToken cancellationToken)
    {
        JsonElement info = await api.RequestAsync("INFO", null, cancellationToken).ConfigureAwait(false);
        return info.TryGetProperty("api"u8, out JsonElement calls) ? JetStreamApi.Long(calls, "level"u8) : 0;
    }

    /// <summary>Makes the stream of a lane's queue, and its consumer.</summary>
    public async ValueTask EnsureLaneAsync(Lane lane, CancellationToken cancellationToken)
    {
        LaneNames lanes = names.Of(lane);
        if (!_streams.ContainsKey(lanes.Stream))
        {
            await EnsureStreamAsync(new StreamConfig
            {
                Name = lanes.Stream,
                Subject = names.Queues + Protocol.SubjectToken.Escape(lane.Queue) + ".>",
                Retention = "workqueue",
                MaxMessages = options.MaxTasksPerQueue,
                MaxBytes = options.MaxBytesPerQueue,
                MaxPerSubject = -1,
                DuplicateWindow = options.DuplicateWindow,
                Storage = options.Storage,
                Replicas = options.Replicas,
            }, cancellationToken).ConfigureAwait(false);
            _streams[lanes.Stream] = true;
        }

        if (!(await api.ListNamesAsync("CONSUMER.NAMES." + lanes.Stream, "consumers", null, cancellationToken).ConfigureAwait(false)).Contains(lanes.Consumer))
        {
            await CreateConsumerAsync(lanes, TimeSpan.FromSeconds(30), cancellationToken).ConfigureAwait(false);
        }

        _lanes[lane] = true;
        lanes.IsMade = true;
    }

    /// <summary>
    /// Makes sure that a lane's consumer waits at least <paramref name="lease"/> for a sign of life, and returns how long it does, and how far the lane has come.
    /// One that waits longer is shortened only while no task is in anyone's hands: a lease that others count on is never cut.
    /// </summary>
    public async ValueTask<(TimeSpan Lease, LaneState? State)> EnsureLeaseAsync(LaneNames lane, TimeSpan lease, CancellationToken cancellationToken)
    {
        JsonElement? info = await FindConsumerAsync(lane, cancellationToken).ConfigureAwait(false);
        if (info is { } found && found.TryGetProperty("config"u8, out JsonElement config))
        {
            var existing = TimeSpan.FromTicks(JetStreamApi.Long(config, "ack_wait"u8) / 100);
            bool isIdle = JetStreamApi.Long(found, "num_ack_pending"u8) == 0 && JetStreamApi.Long(found, "num_waiting"u8) == 0;
            if (existing == lease || (existing > lease && !isIdle))
            {
                return (existing, LaneState.Read(info));
            }
        }

        await CreateConsumerAsync(lane, lease, cancellationToken).ConfigureAwait(false);
        return (lease, LaneState.Read(info));
    }

    /// <summary>What the server says of a lane's consumer; null when there is none.</summary>
    public async ValueTask<JsonElement?> FindConsumerAsync(LaneNames lane, CancellationToken cancellationToken)
    {
        try
        {
            return await api.RequestAsync($"CONSUMER.INFO.{lane.Stream}.{lane.Consumer}", null, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException error) when (error.Code is ErrorCodes.ConsumerNotFound or ErrorCodes.StreamNotFound)
        {
            return null;
        }
    }

    /// <summary>The number of the last message that the stream of a lane's queue was given.</summary>
    /// <exception cref="ApiException">There is no such stream.</exception>
    public async ValueTask<ulong> FindEndAsync(LaneNames lane, CancellationToken cancellationToken)
    {
        JsonElement info = await api.RequestAsync("STREAM.INFO." + lane.Stream, null, cancellationToken).ConfigureAwait(false);
        return info.TryGetProperty("state"u8, out JsonElement state) ? (ulong)JetStreamApi.Long(state, "last_seq"u8) : 0;
    }

    /// <summary>Removes a lane's consumer. Whoever has asked it for tasks is told.</summary>
    public async ValueTask DeleteConsumerAsync(LaneNames lane, CancellationToken cancellationToken)
    {
        try
        {
            await api.RequestAsync($"CONSUMER.DELETE.{lane.Stream}.{lane.Consumer}", null, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException error) when (error.Code is ErrorCodes.ConsumerNotFound or ErrorCodes.StreamNotFound)
        {
            // Somebody was faster.
        }
    }

    private async ValueTask CreateConsumerAsync(LaneNames lane, TimeSpan ackWait, CancellationToken cancellationToken)
    {
        try
        {
            await api.RequestAsync($"CONSUMER.DURABLE.CREATE.{lane.Stream}.{lane.Consumer}", json =>
            {
                json.WriteStartObject();
                json.WriteString("stream_name"u8, lane.Stream);
                json.WriteStartObject("config"u8);
                json.WriteString("durable_name"u8, lane.Consumer);
                json.WriteString("filter_subject"u8, lane.Filter);
                json.WriteString("ack_policy"u8, "explicit"u8);
                json.WriteString("deliver_policy"u8, "all"u8);
                json.WriteString("replay_policy"u8, "instant"u8);
                json.WriteNumber("ack_wait"u8, ackWait.Ticks * 100);
                json.WriteNumber("max_deliver"u8, -1);
                json.WriteNumber("max_ack_pending"u8, options.MaxInFlightPerLane);
                json.WriteEndObject();
                json.WriteEndObject();
            }, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException error)
        {
            throw new TaskConfigurationException($"The consumer '{lane.Consumer}' of the stream '{lane.Stream}' cannot be made or changed: {error.Description} (JetStream error {error.Code}).");
        }
    }

    // Returns the configuration that the server holds.
    private async ValueTask<JsonElement> EnsureStreamAsync(StreamConfig config, CancellationToken cancellationToken)
    {
        JsonElement answer;
        try
        {
            answer = await api.RequestAsync("STREAM.CREATE." + config.Name, config.WriteTo, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException error) when (error.Code == ErrorCodes.StreamNameInUse)
        {
            answer = await api.RequestAsync("STREAM.INFO." + config.Name, null, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException error)
        {
            throw new TaskConfigurationException(error.Code switch
            {
                ErrorCodes.NotEnabled or ErrorCodes.NotEnabledForAccount => "JetStream is not enabled on the NATS server for this account. Start the server with -js or configure 'jetstream', and enable it for the account of NatsEngineOptions.Authentication.",
                ErrorCodes.ReplicasWithoutCluster => $"The NATS server is no cluster: {options.Replicas} replicas are not possible. Set NatsEngineOptions.Replicas to 1.",
                ErrorCodes.SubjectOverlap => $"Another stream has the subjects '{config.Subject}' already. Set NatsEngineOptions.Prefix to one of its own.",
                _ => $"The stream '{config.Name}' cannot be made: {error.Description} (JetStream error {error.Code}).",
            });
        }

        List<string> differences = answer.TryGetProperty("config"u8, out JsonElement found) ? config.Differences(found) : ["the answer holds no config"];
        if (differences.Count > 0)
        {
            throw new TaskConfigurationException($"The stream '{config.Name}' exists and differs: {string.Join("; ", differences)}. Change the options, or the stream ('nats stream edit {config.Name}').");
        }

        return found;
    }
}

/// <summary>What the streams of all queues turned out to be able to do.</summary>
/// <param name="TasksExpire">Whether a task's record may have a time to live of its own.</param>
/// <param name="StateExpires">Whether a value of the state may.</param>
internal readonly record struct SharedStreams(bool TasksExpire, bool StateExpires);
