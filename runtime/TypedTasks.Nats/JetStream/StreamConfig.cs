using System.Text.Json;

namespace TypedTasks.Nats.JetStream;

/// <summary>A stream as it should be; a field that the oldest supported server does not know is written only where it is wanted.</summary>
internal sealed record StreamConfig
{
    public required string Name { get; init; }

    public required string Subject { get; init; }

    public string Retention { get; init; } = "limits";

    public string Discard { get; init; } = "new";

    public long MaxMessages { get; init; } = -1;

    public long MaxBytes { get; init; } = -1;

    public TimeSpan MaxAge { get; init; }

    public TimeSpan DuplicateWindow { get; init; }

    /// <summary>How many messages a subject holds; -1 for any number.</summary>
    public long MaxPerSubject { get; init; } = 1;

    /// <summary>Whether a second message on a subject is refused rather than the first replaced.</summary>
    public bool RefusesSecond { get; init; }

    /// <summary>Whether a message may have a time to live of its own. It is made so where the server knows of it (API level 1, 2.11), and not compared: an older stream goes on without.</summary>
    public bool AllowsTimeToLive { get; init; }

    public NatsStorage Storage { get; init; }

    public int Replicas { get; init; } = 1;

    private string StorageName => Storage == NatsStorage.File ? "file" : "memory";

    /// <summary>Writes the body of STREAM.CREATE.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, Name);
        json.WriteStartArray("subjects"u8);
        json.WriteStringValue(Subject);
        json.WriteEndArray();
        json.WriteString("retention"u8, Retention);
        json.WriteString("storage"u8, StorageName);
        json.WriteNumber("num_replicas"u8, Replicas);
        json.WriteString("discard"u8, Discard);
        json.WriteNumber("max_msgs"u8, MaxMessages);
        json.WriteNumber("max_bytes"u8, MaxBytes);
        json.WriteNumber("max_age"u8, MaxAge.Ticks * 100);
        json.WriteNumber("max_msgs_per_subject"u8, MaxPerSubject);
        json.WriteBoolean("discard_new_per_subject"u8, RefusesSecond);
        json.WriteNumber("duplicate_window"u8, DuplicateWindow.Ticks * 100);
        json.WriteBoolean("allow_direct"u8, true);
        if (AllowsTimeToLive)
        {
            json.WriteBoolean("allow_msg_ttl"u8, true);
        }

        json.WriteEndObject();
    }

    /// <summary>What of an existing stream does not fit, each with both values and the setting; empty when all does.</summary>
    public List<string> Differences(JsonElement config)
    {
        var differences = new List<string>();
        Compare(differences, "subjects", Subject, config.TryGetProperty("subjects"u8, out JsonElement subjects) ? string.Join(",", subjects.EnumerateArray().Select(s => s.GetString())) : "", nameof(NatsEngineOptions.Prefix));
        Compare(differences, "retention", Retention, JetStreamApi.Text(config, "retention"u8), null);
        Compare(differences, "storage", StorageName, JetStreamApi.Text(config, "storage"u8), nameof(NatsEngineOptions.Storage));
        Compare(differences, "num_replicas", Replicas, JetStreamApi.Long(config, "num_replicas"u8), nameof(NatsEngineOptions.Replicas));
        Compare(differences, "discard", Discard, JetStreamApi.Text(config, "discard"u8), null);
        Compare(differences, "max_msgs", MaxMessages, JetStreamApi.Long(config, "max_msgs"u8), nameof(NatsEngineOptions.MaxTasksPerQueue));
        Compare(differences, "max_bytes", MaxBytes, JetStreamApi.Long(config, "max_bytes"u8), nameof(NatsEngineOptions.MaxBytesPerQueue));
        Compare(differences, "max_age", MaxAge.Ticks * 100, JetStreamApi.Long(config, "max_age"u8), nameof(NatsEngineOptions.MaxRetention));
        Compare(differences, "max_msgs_per_subject", MaxPerSubject, JetStreamApi.Long(config, "max_msgs_per_subject"u8), null);
        Compare(differences, "discard_new_per_subject", RefusesSecond, JetStreamApi.Flag(config, "discard_new_per_subject"u8), null);
        Compare(differences, "duplicate_window", DuplicateWindow.Ticks * 100, JetStreamApi.Long(config, "duplicate_window"u8), nameof(NatsEngineOptions.DuplicateWindow));
        Compare(differences, "allow_direct", true, JetStreamApi.Flag(config, "allow_direct"u8), null);
        return differences;
    }

    private static void Compare<T>(List<string> differences, string field, T wanted, T found, string? setting)
        where T : IEquatable<T>
    {
        if (!wanted.Equals(found))
        {
            differences.Add($"{field} is {found}, wanted {wanted}{(setting is null ? "" : $" (NatsEngineOptions.{setting})")}");
        }
    }
}
