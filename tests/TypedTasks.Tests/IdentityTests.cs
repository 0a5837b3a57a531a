using System.Globalization;
using System.Text;
using System.Text.Json;
using TypedTasks.Calls;
using TypedTasks.Client;
using TypedTasks.Idempotency;
using TypedTasks.Worker;

namespace TypedTasks.Tests;

/// <summary>Task ids, idempotency keys, and enqueue options.</summary>
public sealed class IdentityTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TaskDescriptor Unkeyed = InvoicesTasks.GenerateArguments.Task;
    private static readonly TaskDescriptor Keyed = InvoicesTasks.OnceArguments.Task;

    [Fact]
    public void An_id_is_the_same_on_the_wire_as_text_and_as_a_guid() => Property.Holds<Guid>(guid =>
    {
        var id = new TaskId(guid);
        Span<byte> wire = stackalloc byte[TaskId.Size];
        id.Write(wire);
        return TaskId.Read(wire) == id && TaskId.Parse(id.ToString()) == id && id.ToGuid() == guid && id.ToString() == guid.ToString() && wire.SequenceEqual(guid.ToByteArray(bigEndian: true));
    });

    [Fact]
    public void Ids_compare_as_their_bytes_do() => Property.Holds<(Guid Left, Guid Right)>(given =>
    {
        var left = new TaskId(given.Left);
        var right = new TaskId(given.Right);
        int bytes = given.Left.ToByteArray(bigEndian: true).AsSpan().SequenceCompareTo(given.Right.ToByteArray(bigEndian: true));
        return Math.Sign(left.CompareTo(right)) == Math.Sign(bytes) && (left < right) == (bytes < 0) && (left >= right) == (bytes >= 0) && (left == right) == (bytes == 0);
    });

    [Fact]
    public void New_ids_are_ordered_by_time_and_differ()
    {
        Assert.True(TaskId.New(Now) < TaskId.New(Now + TimeSpan.FromMilliseconds(1)));
        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => TaskId.New(Now)).Distinct().Count());
        Assert.True(default(TaskId).IsEmpty);
        Assert.False(TaskId.New().IsEmpty);
        Assert.False(TaskId.TryParse("no id", null, out _));
    }

    [Fact]
    public void An_id_of_a_time_and_a_text_is_always_the_same_and_of_no_other()
    {
        TaskId id = TaskId.Of(Now, "nightly");

        Assert.Equal(id, TaskId.Of(Now, "nightly"));
        Assert.Equal(id, TaskId.Of(Now.ToOffset(TimeSpan.FromHours(9)), "nightly"));
        Assert.NotEqual(id, TaskId.Of(Now, "nightlx"));
        Assert.NotEqual(id, TaskId.Of(Now + TimeSpan.FromMilliseconds(1), "nightly"));
        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(number => TaskId.Of(Now, $"{number}")).Distinct().Count());

        // What makes them the same in hosts of all versions.
        Assert.Equal("01b8dac5-b400-7f20-a1a1-f65bd987ed29", id.ToString());
    }

    [Fact]
    public void An_id_of_a_time_and_a_text_is_a_uuid_with_the_time_in_front() => Property.Holds<(int Hours, string Text)>(given =>
    {
        DateTimeOffset time = Now + TimeSpan.FromHours(Math.Abs(given.Hours % 1_000_000));
        Guid id = TaskId.Of(time, given.Text ?? "").ToGuid();
        byte[] bytes = id.ToByteArray(bigEndian: true);
        long milliseconds = bytes.Take(6).Aggregate(0L, (sum, next) => (sum << 8) | next);
        return id.Version == 7 && bytes[8] >> 6 == 0b10 && milliseconds == time.ToUnixTimeMilliseconds();
    });

    [Fact]
    public void The_parts_of_a_key_cannot_run_into_each_other() => Property.Holds<(string A, string B, string C, string D)>(given =>
        (given.A ?? "", given.B ?? "") == (given.C ?? "", given.D ?? "") || HasUnpaired(given.A + given.B + given.C + given.D) || KeyOf(given.A ?? "", given.B) != KeyOf(given.C ?? "", given.D));

    [Fact]
    public void A_key_is_written_the_same_everywhere()
    {
        var elsewhere = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        elsewhere.NumberFormat.NumberDecimalSeparator = ",";
        elsewhere.DateTimeFormat.TimeSeparator = ".";
        CultureInfo.CurrentCulture = elsewhere;
        var writer = new TaskKeyWriter(stackalloc byte[TaskKeyWriter.MaxLength]);
        writer.Append(1.5m);
        writer.AppendLiteral("|");
        writer.Append(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        writer.AppendLiteral("|");
        writer.Append(true);
        writer.AppendLiteral("|");
        writer.Append("50%:x\n\u0085");

        Assert.Equal("1.5|2026-01-02T03:04:05.0000000Z|true|50%25%3Ax%0A%85", Encoding.UTF8.GetString(writer.Written));
    }

    [Theory]
    [InlineData("129.90", "129.9")]
    [InlineData("1500.000", "1500")]
    [InlineData("-0.00", "0")]
    [InlineData("-0.50", "-0.5")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void Equal_amounts_make_one_key(string amount, string key)
    {
        var writer = new TaskKeyWriter(stackalloc byte[TaskKeyWriter.MaxLength]);

        writer.Append(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(key, Encoding.UTF8.GetString(writer.Written));
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05+00:00")]
    [InlineData("2026-01-02T05:04:05+02:00")]
    [InlineData("2026-01-01T22:34:05-04:30")]
    public void Equal_instants_make_one_key(string text)
    {
        DateTimeOffset instant = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        var writer = new TaskKeyWriter(stackalloc byte[TaskKeyWriter.MaxLength]);

        writer.Append(instant);
        writer.AppendLiteral("|");
        writer.Append(instant.LocalDateTime);
        writer.AppendLiteral("|");
        writer.Append(DateTime.SpecifyKind(instant.UtcDateTime, DateTimeKind.Unspecified));

        Assert.Equal("2026-01-02T03:04:05.0000000+00:00|2026-01-02T03:04:05.0000000Z|2026-01-02T03:04:05.0000000Z", Encoding.UTF8.GetString(writer.Written));
    }

    [Theory]
    [InlineData("a:b", "a%3Ab")]
    [InlineData("a%3Ab", "a%253Ab")]
    [InlineData("a\n\u0085ü", "a%0A%85ü")]
    public void A_type_that_formats_itself_is_escaped_as_text_is(string text, string expected)
    {
        var writer = new TaskKeyWriter(stackalloc byte[TaskKeyWriter.MaxLength]);
        writer.Append(new Label(text));
        writer.AppendLiteral("|");
        writer.Append(':');
        writer.AppendLiteral("|");
        writer.Append(TimeSpan.FromSeconds(1));

        Assert.Equal($"{expected}|%3A|00:00:01", Encoding.UTF8.GetString(writer.Written));
    }

    [Fact]
    public void A_key_without_a_part_or_too_long_is_refused()
    {
        Assert.Throws<TaskKeyException>(() => KeyOf(null!, "b"));
        Assert.Throws<TaskKeyException>(() => KeyOf(new string('x', 500), "b"));
        Assert.Throws<TaskKeyException>(() => KeyOf(new string('ü', 257), ""));
        Assert.Equal(500, KeyOf(new string('x', 498), "b").Length);
    }

    [Fact]
    public void The_longest_key_of_the_longest_task_name_is_a_key_that_every_store_takes()
    {
        var task = new TaskDescriptor(new string('c', 64), new string('t', 64), Keyed.Queue);

        // What IStateStore promises to take.
        Assert.InRange(Encoding.UTF8.GetByteCount(IdempotencyGate.KeyOf(task, new string('x', TaskKeyWriter.MaxLength))), 600, 640);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        Refuses(Unkeyed, new EnqueueOptions { Delay = TimeSpan.FromSeconds(1), NotBefore = Now }, "Delay");
        Refuses(Unkeyed, EnqueueOptions.In(TimeSpan.FromSeconds(-1)), "Delay");
        Refuses(Unkeyed, new EnqueueOptions { ExpiresIn = TimeSpan.Zero }, "ExpiresIn");
        Refuses(Unkeyed, new EnqueueOptions { Key = "key" }, "not keyed");
        Refuses(Keyed, new EnqueueOptions { Key = "" }, "1 to 500");
        Refuses(Keyed, new EnqueueOptions { Key = new string('x', 501) }, "1 to 500");
        Refuses(Keyed, new EnqueueOptions { Key = "a\nb" }, "control");
    }

    [Fact]
    public void Every_key_that_a_client_takes_a_worker_takes()
    {
        // What one calls printable the other must not call a control character.
        foreach (char character in Enumerable.Range(0, 256).Select(code => (char)code))
        {
            bool isTaken = true;
            try
            {
                var options = new EnqueueOptions { Key = $"a{character}b" };
                options.ToAttributes(Keyed, Now, Now);
            }
            catch (ArgumentException)
            {
                isTaken = false;
            }

            Assert.Equal(!char.IsControl(character), isTaken);
        }
    }

    [Fact]
    public void A_delay_begins_now_and_an_expiry_after_it()
    {
        var options = new EnqueueOptions { Delay = TimeSpan.FromSeconds(10), ExpiresIn = TimeSpan.FromSeconds(5) };

        DateTimeOffset notBefore = options.ResolveNotBefore(Now);

        Assert.Equal(Now + TimeSpan.FromSeconds(10), notBefore);
        Assert.Equal((Now + TimeSpan.FromSeconds(15)).ToUnixTimeMilliseconds(), options.ToAttributes(Unkeyed, Now, notBefore).Expires);
        Assert.Equal(DateTimeOffset.MinValue, default(EnqueueOptions).ResolveNotBefore(Now));
    }

    [Fact]
    public void A_window_is_bounded_and_keeps_its_order()
    {
        var window = new LaneWindow(new LaneSettings(Concurrency: 2, Prefetch: 4, TimeSpan.FromSeconds(2), TimeSpan.Zero));
        Assert.Equal(6, window.Credit);
        HeldDelivery[] held = [.. Enumerable.Range(0, 6).Select(i => window.Add(null!, i))];
        Assert.Equal(0, window.Credit);
        foreach (HeldDelivery delivery in held[2..])
        {
            window.Enqueue(delivery);
        }

        window.Remove(held[0]);
        Assert.Equal(0, window.Credit);
        window.Remove(held[1]);
        Assert.Equal(2, window.Credit);
        Assert.Equal(held[2..].Select(delivery => delivery.RenewedAt), Dequeue().Select(delivery => delivery.RenewedAt));
        Assert.All(Enumerable.Range(0, window.HeldCount), i => Assert.Equal(i, window.Held[i].Index));

        IEnumerable<HeldDelivery> Dequeue()
        {
            while (window.TryDequeue(out HeldDelivery? next))
            {
                yield return next!;
            }
        }
    }

    [Fact]
    public void An_id_in_json_is_its_text()
    {
        var id = TaskId.New();

        Assert.Equal($"\"{id}\"", JsonSerializer.Serialize(id));
        Assert.Equal(id, JsonSerializer.Deserialize<TaskId>($"\"{id}\""));
        Assert.Equal(id, JsonSerializer.Deserialize<Dictionary<TaskId, int>>(JsonSerializer.Serialize(new Dictionary<TaskId, int> { [id] = 1 }))?.Keys.Single());
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TaskId>("\"no id\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TaskId>("1"));
    }

    /// <summary>An identifier of a user's own, which is text within.</summary>
    private readonly record struct Label(string Text) : IUtf8SpanFormattable
    {
        public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
            Encoding.UTF8.TryGetBytes(Text, utf8Destination, out bytesWritten);
    }

    private static bool HasUnpaired(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) != text;

    private static string KeyOf(string? first, string? second)
    {
        var writer = new TaskKeyWriter(stackalloc byte[TaskKeyWriter.MaxLength]);
        writer.Append(first ?? throw new TaskKeyException("null"));
        writer.AppendLiteral(":");
        writer.Append(second ?? "");
        return Encoding.UTF8.GetString(writer.Written);
    }

    private static void Refuses(TaskDescriptor task, EnqueueOptions options, string why)
    {
        ArgumentException refused = Assert.ThrowsAny<ArgumentException>(() => options.ToAttributes(task, Now, options.ResolveNotBefore(Now)));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }
}
