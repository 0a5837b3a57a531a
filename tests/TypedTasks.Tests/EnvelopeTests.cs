using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TypedTasks.Canvases;
using TypedTasks.Client;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;
using TypedTasks.Scheduling;

namespace TypedTasks.Tests;

public sealed partial class EnvelopeTests
{
    private static readonly TaskId Id = TaskId.Parse("019b7b3c-4d5e-7f60-8123-456789abcdef");
    private static readonly Guid Order = Guid.Parse("3f2504e0-4f89-11d3-9a0c-0305e82c3301");
    private static readonly InvoicesTasks.GenerateArguments Arguments = new(Order, 129.90m);

    private static readonly EnvelopeAttributes Everything = new()
    {
        Key = "schlüssel",
        NotBefore = 1,
        Expires = 2,
        Deadline = 253_402_300_799_999,
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        TraceState = "vendor=1",
        Parent = TaskId.Parse("00000000-0000-0000-0000-000000000001"),
        Headers = new Dictionary<string, string> { ["tenant"] = "acme", [""] = "½" },
        Canvas = new CanvasPlace(TaskId.Parse("00000000-0000-0000-0000-000000000002"), CanvasFormat.WriteJoin(TaskId.Parse("00000000-0000-0000-0000-000000000003"), 4)),
        Occurrence = new ScheduleOccurrence("nightly ½", 1_893_456_000_001),
    };

    [Fact]
    public void What_is_written_is_read()
    {
        EnvelopeView view = EnvelopeView.Read(Write(Everything));

        Assert.Equal(Id, view.Id);
        Assert.Equal("invoices.generate", Encoding.UTF8.GetString(view.Name));
        Assert.Equal(1767323045678, view.EnqueuedAt);
        Assert.Equal("schlüssel", Encoding.UTF8.GetString(view.Key));
        Assert.Equal((1, 2, 253_402_300_799_999), (view.NotBefore, view.Expires, view.Deadline));
        Assert.Equal(Everything.TraceParent, Encoding.UTF8.GetString(view.TraceParent));
        Assert.Equal("vendor=1", Encoding.UTF8.GetString(view.TraceState));
        Assert.Equal(Everything.Parent, view.Parent);
        Assert.Equal(Everything.Headers, EnvelopeHeaders.Read(view.Headers));
        Assert.Equal(Everything.Canvas!.Canvas, view.Canvas);
        Assert.Equal(Everything.Canvas.Next.ToArray(), view.Next.ToArray());
        Assert.Equal(("nightly ½", 1_893_456_000_001), (Encoding.UTF8.GetString(view.Schedule), view.Occurrence));
        var reader = new MessagePackReader(view.Arguments);
        Assert.Equal(Arguments, InvoicesTasks.GenerateArguments.Read(ref reader));
    }

    [Fact]
    public void A_task_that_a_caller_enqueues_is_of_no_occurrence()
    {
        EnvelopeView view = EnvelopeView.Read(Write(Everything with { Occurrence = null }));

        Assert.Equal((0, 0), (view.Occurrence, view.Schedule.Length));
        Assert.Equal(Everything.Canvas!.Canvas, view.Canvas);
    }

    [Fact]
    public void An_occurrence_is_the_eleventh_attribute_and_may_grow()
    {
        EnvelopeView view = EnvelopeView.Read(WithOccurrence((ref MessagePackWriter writer) =>
        {
            writer.WriteArrayHeader(4);
            writer.WriteString("nightly");
            writer.Write(1_893_456_000_000);
            writer.WriteMapHeader(1);
            writer.Write(1);
            writer.WriteString("later");
            writer.WriteNil();
        }));

        Assert.Equal(("nightly", 1_893_456_000_000), (Encoding.UTF8.GetString(view.Schedule), view.Occurrence));
        Assert.Equal(1, view.Arguments.Length);
    }

    [Fact]
    public void An_occurrence_that_is_none_is_refused()
    {
        Writing[] malformed =
        [
            (ref MessagePackWriter writer) => writer.WriteNil(),
            (ref MessagePackWriter writer) => writer.WriteString("nightly"),
            (ref MessagePackWriter writer) => writer.WriteArrayHeader(0),
            (ref MessagePackWriter writer) =>
            {
                writer.WriteArrayHeader(1);
                writer.WriteString("nightly");
            },
            (ref MessagePackWriter writer) => WriteOccurrence(ref writer, "nightly", -1),
            (ref MessagePackWriter writer) => WriteOccurrence(ref writer, "nightly", 253_402_300_800_000),
            (ref MessagePackWriter writer) => WriteOccurrence(ref writer, new string('x', 4097), 1),
            (ref MessagePackWriter writer) =>
            {
                writer.WriteArrayHeader(2);
                writer.Write(1);
                writer.WriteString("nightly");
            },
        ];

        Assert.All(malformed, write => Assert.Throws<MessagePackException>(() => EnvelopeView.Read(WithOccurrence(write))));
    }

    [Fact]
    public void A_key_is_derived_where_the_caller_gave_none()
    {
        var buffer = new ArrayBufferWriter<byte>();
        new CallEnvelope<string, InvoicesTasks.OnceArguments>(Id, 0, new(Order), default, int.MaxValue).WriteTo(buffer);

        Assert.Equal(Order.ToString(), Encoding.UTF8.GetString(EnvelopeView.Read(buffer.WrittenMemory).Key));
    }

    [Fact]
    public void The_documents_example_is_what_is_written()
    {
        string document = File.ReadAllText("ENVELOPE.md");
        string example = ExampleBlock().Match(document).Groups[1].Value;
        var bytes = new List<byte>();
        foreach (string line in example.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (Capture pair in HexColumn().Match(line).Groups[1].Captures)
            {
                bytes.Add(byte.Parse(pair.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            }

            if (line.Contains('…', StringComparison.Ordinal))
            {
                // The document shortens the GUID's text; the words beside it say all of it.
                bytes.AddRange(Encoding.UTF8.GetBytes(Quoted().Match(line).Groups[1].Value)[8..]);
            }
        }

        Assert.Equal(Convert.ToHexString(Write(default)), Convert.ToHexString([.. bytes]));
        Assert.Equal(Id, EnvelopeView.Read(bytes.ToArray()).Id);
    }

    [Fact]
    public void Every_shortened_envelope_is_refused()
    {
        byte[] whole = Write(Everything);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Throws<MessagePackException>(() => EnvelopeView.Read(whole.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Random_bytes_are_read_or_refused() => Property.Holds<byte[]>(bytes => IsReadOrRefused(bytes));

    [Fact]
    public void Mutated_envelopes_are_read_or_refused()
    {
        byte[] whole = Write(Everything);
        var random = new Random(20261122);
        for (int i = 0; i < 50_000; i++)
        {
            byte[] mutated = [.. whole];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            }

            Assert.True(IsReadOrRefused(mutated), Convert.ToHexString(mutated));
        }
    }

    [Fact]
    public void What_a_later_producer_adds_is_skipped()
    {
        byte[] bytes = Build((ref MessagePackWriter writer) =>
        {
            writer.WriteArrayHeader(8);
            writer.Write(1);
            EnvelopeAttributes.WriteId(ref writer, Id);
            writer.WriteString("invoices.generate");
            writer.Write(5);
            writer.WriteMapHeader(3);
            writer.Write(99);
            writer.WriteArrayHeader(2);
            writer.Write(1);
            writer.WriteString("deep");
            writer.Write(1);
            writer.WriteString("key");
            writer.Write(12);
            writer.WriteNil();
            writer.WriteArrayHeader(0);
            writer.WriteString("more");
            writer.WriteMapHeader(0);
        });

        EnvelopeView view = EnvelopeView.Read(bytes);

        Assert.Equal("key", Encoding.UTF8.GetString(view.Key));
        Assert.Equal(1, view.Arguments.Length);
    }

    [Fact]
    public void Another_version_is_refused_by_its_number()
    {
        byte[] bytes = Build((ref MessagePackWriter writer) =>
        {
            writer.WriteArrayHeader(1);
            writer.Write(2);
        });

        Assert.Contains("version 2", Assert.Throws<MessagePackException>(() => EnvelopeView.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_that_change_while_they_are_written_are_refused()
    {
        Assert.Throws<MessagePackException>(() => Write(new EnvelopeAttributes { Headers = new Growing() }));
        Assert.Throws<MessagePackException>(() => Write(new EnvelopeAttributes { Headers = new Growing { Count = 3 } }));
    }

    [Fact]
    public void Headers_that_come_twice_or_are_too_many_are_refused()
    {
        byte[] twice = Build((ref MessagePackWriter writer) =>
        {
            writer.WriteMapHeader(2);
            writer.WriteString("a");
            writer.WriteString("1");
            writer.WriteString("a");
            writer.WriteString("2");
        });

        Assert.Throws<MessagePackException>(() => EnvelopeHeaders.Read(twice));
        Assert.Throws<ArgumentException>(() => Write(new EnvelopeAttributes { Headers = Enumerable.Range(0, 65).ToDictionary(i => $"{i}", i => "") }));
        Assert.Throws<ArgumentException>(() => Write(new EnvelopeAttributes { Headers = new Dictionary<string, string> { ["long"] = new('x', 4097) } }));
    }

    [Fact]
    public void An_envelope_beyond_the_limit_is_refused_as_it_is_written() =>
        Assert.Throws<PayloadTooLargeException>(() => new CallEnvelope<string, InvoicesTasks.GenerateArguments>(Id, 0, Arguments, Everything, 64).WriteTo(new ArrayBufferWriter<byte>()));

    internal static byte[] Write(EnvelopeAttributes attributes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new CallEnvelope<string, InvoicesTasks.GenerateArguments>(Id, 1767323045678, Arguments, attributes, int.MaxValue).WriteTo(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    internal delegate void Writing(ref MessagePackWriter writer);

    internal static byte[] Build(Writing write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        write(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An envelope whose only attribute is an occurrence.</summary>
    private static byte[] WithOccurrence(Writing write) => Build((ref MessagePackWriter writer) =>
    {
        writer.WriteArrayHeader(6);
        writer.Write(1);
        EnvelopeAttributes.WriteId(ref writer, Id);
        writer.WriteString("invoices.generate");
        writer.Write(5);
        writer.WriteMapHeader(1);
        writer.Write(11);
        write(ref writer);
        writer.WriteArrayHeader(0);
    });

    private static void WriteOccurrence(ref MessagePackWriter writer, string schedule, long at)
    {
        writer.WriteArrayHeader(2);
        writer.WriteString(schedule);
        writer.Write(at);
    }

    private static bool IsReadOrRefused(byte[] bytes)
    {
        try
        {
            EnvelopeView view = EnvelopeView.Read(bytes);
            _ = EnvelopeHeaders.Read(view.Headers);
            var reader = new MessagePackReader(view.Arguments);
            _ = InvoicesTasks.GenerateArguments.Read(ref reader);
        }
        catch (MessagePackException)
        {
        }

        return true;
    }

    [GeneratedRegex("""byte by byte.*?```\n(.*?)```""", RegexOptions.Singleline)]
    private static partial Regex ExampleBlock();

    [GeneratedRegex("^ *(?:([0-9a-f]{2})(?: |$))+")]
    private static partial Regex HexColumn();

    [GeneratedRegex("\"(.*)\"")]
    private static partial Regex Quoted();

    /// <summary>A dictionary that others change meanwhile: its count is not that of its entries.</summary>
    private sealed class Growing : IReadOnlyDictionary<string, string>
    {
        private static readonly Dictionary<string, string> Entries = new() { ["one"] = "1", ["two"] = "2" };

        public int Count { get; init; } = 1;

        public IEnumerable<string> Keys => Entries.Keys;

        public IEnumerable<string> Values => Entries.Values;

        public string this[string key] => Entries[key];

        public bool ContainsKey(string key) => Entries.ContainsKey(key);

        public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string value) => Entries.TryGetValue(key, out value);

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Entries.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
