using System.Text.Json;

namespace TypedTasks.Nats.JetStream;

/// <summary>
/// How far a lane has come. Whoever has it from the server passes it on rather than have others ask again: a server 2.9 looks at every waiting task of the stream to say how many they are,
/// and nothing is published or delivered meanwhile.
/// </summary>
/// <param name="Floor">Up to where everything is settled.</param>
/// <param name="Delivered">Up to where everything was sent to workers.</param>
/// <param name="Pending">How many of those are not settled.</param>
/// <param name="CreatedAt">When its consumer was made, by the server's clock.</param>
internal sealed record LaneState(ulong Floor, ulong Delivered, long Pending, DateTimeOffset CreatedAt)
{
    /// <summary>Reads what the server said of a consumer; null when it does not say it.</summary>
    public static LaneState? Read(JsonElement? consumer) =>
        consumer is { } found && found.TryGetProperty("ack_floor"u8, out JsonElement floor) && found.TryGetProperty("delivered"u8, out JsonElement delivered)
            ? new LaneState(
                (ulong)JetStreamApi.Long(floor, "stream_seq"u8),
                (ulong)JetStreamApi.Long(delivered, "stream_seq"u8),
                JetStreamApi.Long(found, "num_ack_pending"u8),
                found.TryGetProperty("created"u8, out JsonElement created) && created.TryGetDateTimeOffset(out DateTimeOffset at) ? at : default)
            : null;
}
