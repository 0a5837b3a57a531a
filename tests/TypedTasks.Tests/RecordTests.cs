using System.Buffers;
using TypedTasks.Engine;
using TypedTasks.Idempotency;
using TypedTasks.MessagePack;
using TypedTasks.Results;
using TypedTasks.Worker;

namespace TypedTasks.Tests;

/// <summary>The records that are stored: outcomes, failures, claims, progress.</summary>
public sealed class RecordTests
{
    private static readonly TaskId Id = TaskId.New();

    [Fact]
    public void An_outcome_is_read_as_it_was_written()
    {
        byte[] bytes = EnvelopeTests.Build((ref MessagePackWriter writer) =>
        {
            OutcomeRecord.WriteHead(ref writer, TaskState.Succeeded, 3, 1767323045678, failure: null);
            writer.WriteString("result");
        });

        OutcomeRecord record = OutcomeRecord.Read(bytes);

        Assert.Equal((TaskState.Succeeded, 3, 1767323045678, null), (record.State, record.Attempts, record.EndedAt, record.Failure));
        Assert.True(record.Elsewhere.IsEmpty);
        Assert.Equal("result", record.ReadResult<string, InvoicesTasks.GenerateArguments>());
    }

    [Fact]
    public void A_failure_is_read_as_it_was_written() => Property.Holds<(string Type, string Message, string Stack)>(given =>
    {
        string Clean(string? text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text ?? ""));
        var failure = new TaskFailure(Clean(given.Type), Clean(given.Message), given.Stack is null ? null : Clean(given.Stack));
        var buffer = new ArrayBufferWriter<byte>();
        OutcomeRecord.Write(buffer, TaskState.Failed, 1, 2, failure);
        return OutcomeRecord.Read(buffer.WrittenMemory).Failure == failure;
    });

    [Fact]
    public void A_failure_is_what_was_thrown_whether_its_stack_was_read_or_not()
    {
        Exception thrown = Record.Exception(static void () => throw new TimeoutException("too slow"))!;
        var read = TaskFailure.From(thrown);
        var unread = TaskFailure.From(thrown);

        Assert.Contains(nameof(A_failure_is_what_was_thrown_whether_its_stack_was_read_or_not), read.StackTrace, StringComparison.Ordinal);
        Assert.Equal(read, unread);
        Assert.Equal(read.GetHashCode(), unread.GetHashCode());
        Assert.Equal("other", (TaskFailure.From(thrown) with { StackTrace = "other" }).StackTrace);
        Assert.Equal(read.StackTrace, (TaskFailure.From(thrown) with { Message = "other" }).StackTrace);
    }

    [Fact]
    public void A_note_of_an_outcome_elsewhere_says_where()
    {
        var buffer = new ArrayBufferWriter<byte>();
        OutcomeRecord.WriteElsewhere(buffer, Id, TaskState.Succeeded, 1, 2);

        Assert.Equal(Id, OutcomeRecord.Read(buffer.WrittenMemory).Elsewhere);
    }

    [Fact]
    public void Shortened_records_are_refused()
    {
        var outcome = new ArrayBufferWriter<byte>();
        OutcomeRecord.Write(outcome, TaskState.Failed, 1, 2, new TaskFailure("type", "message", "stack"));
        byte[] claim = new ClaimRecord(Id, 7, new byte[] { 1, 2, 3 }).ToBytes().ToArray();
        byte[] progress = new ProgressRecord(1, 2, 3, new byte[] { 4 }).ToBytes();

        RefusesEveryPrefix(outcome.WrittenSpan.ToArray(), bytes => OutcomeRecord.Read(bytes));
        RefusesEveryPrefix(claim, bytes => ClaimRecord.Read(bytes));
        RefusesEveryPrefix(progress, bytes => ProgressRecord.Read(bytes));
    }

    [Fact]
    public void Random_bytes_are_read_or_refused() => Property.Holds<byte[]>(bytes =>
    {
        IsReadOrRefused(() => OutcomeRecord.Read(bytes));
        IsReadOrRefused(() => ClaimRecord.Read(bytes));
        IsReadOrRefused(() => ProgressRecord.Read(bytes));
        return true;
    });

    [Fact]
    public void A_claim_is_open_until_it_is_completed()
    {
        Assert.False(ClaimRecord.Read(new ClaimRecord(Id, 7, default).ToBytes()).IsCompleted);
        ClaimRecord completed = ClaimRecord.Read(new ClaimRecord(Id, 7, new byte[] { 1, 2, 3 }).ToBytes());
        Assert.Equal((Id, 7), (completed.Holder, completed.Fence));
        Assert.Equal([1, 2, 3], completed.Outcome.ToArray());
    }

    [Fact]
    public void Long_texts_of_a_failure_are_cut()
    {
        TaskFailure failure = TaskFailure.From(new InvalidOperationException(new string('x', 1_000_000)));

        Assert.Equal(TaskFailure.MaxMessageLength, failure.Message.Length);
        Assert.EndsWith("…", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_cut_within_a_character_can_still_be_stored()
    {
        TaskFailure failure = TaskFailure.From(new InvalidOperationException(string.Concat(Enumerable.Repeat("🙂", 2_000)) + "\ud83d"));
        TaskFailure odd = TaskFailure.From(new InvalidOperationException("x" + string.Concat(Enumerable.Repeat("🙂", 2_000))));

        foreach (TaskFailure cut in new[] { failure, odd })
        {
            var buffer = new ArrayBufferWriter<byte>();
            OutcomeRecord.Write(buffer, TaskState.Failed, 1, 2, cut);
            Assert.StartsWith("System.", OutcomeRecord.Read(buffer.WrittenMemory).Failure?.Type, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_result_buffer_gives_large_memory_back()
    {
        var buffer = new ResultBuffer();
        buffer.GetSpan(1_000_000);
        buffer.Advance(1_000_000);
        buffer.Clear();

        Assert.Equal(0, buffer.Length);
        Assert.True(buffer.GetMemory().Length < 100_000);
    }

    [Fact]
    public void A_settlement_may_wait_until_the_end_of_time()
    {
        var outcome = new Outcome(OutcomeKind.Retry) { Delay = TimeSpan.MaxValue };

        Settlement settlement = SettlementFactory.Create(null!, new ResultBuffer(), Id, 1, TimeSpan.FromHours(1), in outcome, TimeProvider.System, int.MaxValue);

        Assert.Equal(TimeSpan.MaxValue, settlement.Delay);
    }

    private static void RefusesEveryPrefix<T>(byte[] whole, Func<byte[], T> read)
    {
        read(whole);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Throws<MessagePackException>(() => { read(whole[..length]); });
        }
    }

    private static void IsReadOrRefused<T>(Func<T> read)
    {
        try
        {
            read();
        }
        catch (MessagePackException)
        {
        }
    }

    [Fact]
    public void Progress_that_was_reported_at_no_time_is_refused_typed()
    {
        byte[] bytes = new ProgressRecord(1, 1, long.MaxValue, default).ToBytes();

        Assert.Throws<MessagePackException>(() => ProgressRecord.Read(bytes));
    }
}
