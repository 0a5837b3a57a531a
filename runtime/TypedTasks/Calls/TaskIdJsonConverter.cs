using System.Text.Json;
using System.Text.Json.Serialization;

namespace TypedTasks.Calls;

/// <summary>An id in JSON is its text: a web API that answers with a handle's id or with dead letters is asked for them again by that.</summary>
internal sealed class TaskIdJsonConverter : JsonConverter<TaskId>
{
    public override TaskId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(ref reader);

    public override void Write(Utf8JsonWriter writer, TaskId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    public override TaskId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(ref reader);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, TaskId value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString());

    private static TaskId Parse(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && TaskId.TryParse(reader.GetString(), null, out TaskId id)
            ? id
            : throw new JsonException("The value is not the id of a task.");
}
