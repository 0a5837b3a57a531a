using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace TypedTasks.MessagePack;

/// <summary>
/// Writes one MessagePack value as JSON, to be read by people. It need not be one of ours: whatever is well-formed has a text, whose length is in proportion to the bytes.
/// What JSON has no form for is written as the next best: binary as base64, another extension as its type and base64, a float that is no number as its name.
/// </summary>
internal static class MessagePackJson
{
    // Letters of every language are legible; what means something to HTML is not left as it is.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <exception cref="MessagePackException">The bytes are no MessagePack, or nested too deeply.</exception>
    internal static string Convert(ReadOnlySpan<byte> value)
    {
        var text = new ArrayBufferWriter<byte>(value.Length + 16);
        using (var json = new Utf8JsonWriter(text, Options))
        {
            var reader = new MessagePackReader(value);
            Write(ref reader, json);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void Write(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        switch (reader.NextType)
        {
            case MessagePackType.Boolean:
                json.WriteBooleanValue(reader.ReadBoolean());
                break;
            case MessagePackType.Integer when reader.NextCode == MessagePackCode.UInt64:
                json.WriteNumberValue(reader.ReadUInt64());
                break;
            case MessagePackType.Integer:
                json.WriteNumberValue(reader.ReadInt64());
                break;
            case MessagePackType.Float:
                WriteFloat(ref reader, json);
                break;
            case MessagePackType.String:
                json.WriteStringValue(ReadText(ref reader));
                break;
            case MessagePackType.Binary:
                json.WriteBase64StringValue(reader.ReadBinarySpan());
                break;
            case MessagePackType.Array:
                WriteArray(ref reader, json);
                break;
            case MessagePackType.Map:
                WriteMap(ref reader, json);
                break;
            case MessagePackType.Extension:
                WriteExtension(ref reader, json);
                break;
            case MessagePackType.Nil:
                reader.Skip();
                json.WriteNullValue();
                break;
            default:
                // Not MessagePack: skipping it says so.
                reader.Skip();
                break;
        }
    }

    // Text that is not UTF-8 is shown with the marks of what cannot be: it may be why somebody looks.
    private static string ReadText(ref MessagePackReader reader) => Encoding.UTF8.GetString(reader.ReadStringSpan());

    private static void WriteFloat(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        bool isNarrow = reader.NextCode == MessagePackCode.Float32;
        MessagePackReader again = reader;
        double value = reader.ReadDouble();
        if (!double.IsFinite(value))
        {
            json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
        else if (isNarrow)
        {
            json.WriteNumberValue(again.ReadSingle());
        }
        else
        {
            json.WriteNumberValue(value);
        }
    }

    private static void WriteArray(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        int count = reader.ReadArrayHeader();
        reader.Enter();
        json.WriteStartArray();
        for (int i = 0; i < count; i++)
        {
            Write(ref reader, json);
        }

        json.WriteEndArray();
        reader.Leave();
    }

    private static void WriteMap(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        int count = reader.ReadMapHeader();
        reader.Enter();
        if (HasTextKeys(reader, count))
        {
            json.WriteStartObject();
            for (int i = 0; i < count; i++)
            {
                json.WritePropertyName(ReadText(ref reader));
                Write(ref reader, json);
            }

            json.WriteEndObject();
        }
        else
        {
            WritePairs(ref reader, json, count);
        }

        reader.Leave();
    }

    private static void WritePairs(ref MessagePackReader reader, Utf8JsonWriter json, int count)
    {
        json.WriteStartArray();
        for (int i = 0; i < count; i++)
        {
            json.WriteStartArray();
            Write(ref reader, json);
            Write(ref reader, json);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>Whether every key of the map is text, looking ahead with a reader of its own.</summary>
    private static bool HasTextKeys(MessagePackReader reader, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (reader.NextType != MessagePackType.String)
            {
                return false;
            }

            reader.Skip();
            reader.Skip();
        }

        return true;
    }

    private static void WriteExtension(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        MessagePackReader again = reader;
        reader.ReadExtensionHeader(out sbyte type, out int length);
        ReadOnlySpan<byte> content = reader.ReadRawBytes(length);
        if (type == MessagePackCode.Timestamp && TryReadTimestamp(again, out DateTime moment))
        {
            json.WriteStringValue(moment);
            return;
        }

        json.WriteStartArray();
        json.WriteNumberValue(type);
        json.WriteBase64StringValue(content);
        json.WriteEndArray();
    }

    private static bool TryReadTimestamp(MessagePackReader reader, out DateTime moment)
    {
        try
        {
            moment = reader.ReadTimestamp();
            return true;
        }
        catch (MessagePackException)
        {
            moment = default;
            return false;
        }
    }
}
