using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace TypedTasks.MessagePack.Tests;

/// <summary>msgpack-test-suite: a reader accepts every encoding of a value, a writer produces the shortest, which is the first.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string, string> Cases()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "msgpack-test-suite.json")));
        var cases = new TheoryData<string, string>();
        foreach (JsonProperty group in file.RootElement.EnumerateObject())
        {
            foreach (JsonElement test in group.Value.EnumerateArray())
            {
                cases.Add(group.Name, test.GetRawText());
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_encoding_is_read_and_the_shortest_is_written(string group, string json)
    {
        Assert.NotEmpty(group);
        using JsonDocument test = JsonDocument.Parse(json);
        byte[][] encodings = [.. test.RootElement.GetProperty("msgpack").EnumerateArray().Select(e => Bytes.Hex(e.GetString()!))];
        JsonProperty value = test.RootElement.EnumerateObject().First(p => p.Name != "msgpack" && (p.Name != "number" || !test.RootElement.TryGetProperty("bignum", out _)));

        foreach (ReadOnlySequence<byte> split in encodings.SelectMany(Bytes.Splits))
        {
            var reader = new MessagePackReader(split);
            AssertReads(ref reader, value);
            Assert.True(reader.End);
        }

        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        Write(ref writer, value);
        writer.Flush();
        Assert.Contains(encodings, e => output.WrittenSpan.SequenceEqual(e));

        // A float may be shorter than a large integer, but an integer is written as one.
        Assert.Equal(encodings.Where(e => TypeOf(e) == TypeOf(encodings[0])).Min(e => e.Length), output.WrittenCount);
    }

    private static MessagePackType TypeOf(byte[] encoding) => MessagePackCode.TypeOf(encoding[0]);

    private static void AssertReads(ref MessagePackReader reader, JsonProperty property)
    {
        JsonElement value = property.Value;
        switch (property.Name)
        {
            case "nil":
                Assert.Equal(MessagePackType.Nil, reader.NextType);
                Assert.True(reader.TryReadNil());
                break;
            case "bool":
                Assert.Equal(MessagePackType.Boolean, reader.NextType);
                Assert.Equal(value.GetBoolean(), reader.ReadBoolean());
                break;
            case "binary":
                Assert.Equal(MessagePackType.Binary, reader.NextType);
                Assert.Equal(Bytes.Hex(value.GetString()!), reader.ReadBinary());
                break;
            case "string":
                Assert.Equal(MessagePackType.String, reader.NextType);
                Assert.Equal(value.GetString(), reader.ReadString());
                break;
            case "number" or "bignum":
                AssertReadsNumber(ref reader, decimal.Parse(value.ToString(), CultureInfo.InvariantCulture));
                break;
            case "array":
                Assert.Equal(MessagePackType.Array, reader.NextType);
                Assert.Equal(value.GetArrayLength(), reader.ReadArrayHeader());
                foreach (JsonElement element in value.EnumerateArray())
                {
                    AssertReads(ref reader, Named(element));
                }

                break;
            case "map":
                Assert.Equal(MessagePackType.Map, reader.NextType);
                Assert.Equal(value.EnumerateObject().Count(), reader.ReadMapHeader());
                foreach (JsonProperty entry in value.EnumerateObject())
                {
                    Assert.Equal(entry.Name, reader.ReadString());
                    AssertReads(ref reader, Named(entry.Value));
                }

                break;
            case "timestamp":
                Assert.Equal(MessagePackType.Extension, reader.NextType);
                reader.ReadTimestamp(out long seconds, out uint nanoseconds);
                Assert.Equal((value[0].GetInt64(), value[1].GetUInt32()), (seconds, nanoseconds));
                break;
            case "ext":
                Assert.Equal(MessagePackType.Extension, reader.NextType);
                reader.ReadExtensionHeader(out sbyte type, out int length);
                Assert.Equal(value[0].GetSByte(), type);
                Assert.Equal(Bytes.Hex(value[1].GetString()!), reader.ReadRawBytes(length));
                break;
            default:
                Assert.Fail($"What is a {property.Name}?");
                break;
        }
    }

    private static void AssertReadsNumber(ref MessagePackReader reader, decimal value)
    {
        MessagePackReader asFloat = reader;
        Assert.Equal((double)value, asFloat.ReadDouble());
        asFloat = reader;
        Assert.Equal((float)value, asFloat.ReadSingle());

        if (reader.NextType == MessagePackType.Float)
        {
            reader.Skip();
        }
        else if (value < 0)
        {
            Assert.Equal((long)value, reader.ReadInt64());
        }
        else
        {
            Assert.Equal((ulong)value, reader.ReadUInt64());
        }
    }

    private static void Write(ref MessagePackWriter writer, JsonProperty property)
    {
        JsonElement value = property.Value;
        switch (property.Name)
        {
            case "nil":
                writer.WriteNil();
                break;
            case "bool":
                writer.Write(value.GetBoolean());
                break;
            case "binary":
                writer.WriteBinary(Bytes.Hex(value.GetString()!));
                break;
            case "string":
                writer.WriteString(value.GetString());
                break;
            case "number" or "bignum":
                decimal number = decimal.Parse(value.ToString(), CultureInfo.InvariantCulture);
                if (number != decimal.Truncate(number))
                {
                    writer.Write((float)number);
                }
                else if (number < 0)
                {
                    writer.Write((long)number);
                }
                else
                {
                    writer.Write((ulong)number);
                }

                break;
            case "array":
                writer.WriteArrayHeader(value.GetArrayLength());
                foreach (JsonElement element in value.EnumerateArray())
                {
                    Write(ref writer, Named(element));
                }

                break;
            case "map":
                writer.WriteMapHeader(value.EnumerateObject().Count());
                foreach (JsonProperty entry in value.EnumerateObject())
                {
                    writer.WriteString(entry.Name);
                    Write(ref writer, Named(entry.Value));
                }

                break;
            case "timestamp":
                writer.WriteTimestamp(value[0].GetInt64(), value[1].GetUInt32());
                break;
            default:
                byte[] content = Bytes.Hex(value[1].GetString()!);
                writer.WriteExtensionHeader(value[0].GetSByte(), content.Length);
                writer.WriteRaw(content);
                break;
        }
    }

    /// <summary>An element of an array or a map, under the name that the file would give its kind.</summary>
    private static JsonProperty Named(JsonElement value)
    {
        string name = value.ValueKind switch
        {
            JsonValueKind.Number => "number",
            JsonValueKind.String => "string",
            JsonValueKind.Array => "array",
            JsonValueKind.Object => "map",
            _ => throw new InvalidOperationException($"The file has a {value.ValueKind} within a container."),
        };
        using JsonDocument named = JsonDocument.Parse($$"""{"{{name}}":{{value.GetRawText()}}}""");
        return named.RootElement.Clone().EnumerateObject().Single();
    }
}
