using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>Nothing is dropped: what cannot be run is kept, with the reason and its bytes.</summary>
public abstract class DeadLettering<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task What_is_no_envelope_is_kept_as_it_came()
    {
        await StartWorkerAsync();
        byte[] bytes = [0xc1, 0xff, 0x00, 0x42];
        TaskId id = TaskId.New();

        await Engine.PublishAsync(new TaskAddress(Lane, id, default), new Raw(bytes), Cancellation);

        StoredDeadLetter letter = await OneDeadLetterAsync();
        Assert.Equal(DeadLetterReason.Undecodable, letter.Note.Reason);
        Assert.Equal(bytes, letter.Envelope.ToArray());
        Assert.Contains("MessagePack", letter.Note.Failure?.Type, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_that_are_not_the_tasks_are_kept()
    {
        await StartWorkerAsync();
        var id = new TaskId(Guid.Parse("019b7b3c-4d5e-7f60-8123-456789abcdef"));

        // [1, id, "probe.add", 0, nil, ["forty", 2]]
        byte[] bytes = [0x96, 0x01, 0xc4, 0x10, .. id.ToGuid().ToByteArray(bigEndian: true), 0xa9, .. "probe.add"u8, 0x00, 0xc0, 0x92, 0xa5, .. "forty"u8, 0x02];
        await Engine.PublishAsync(new TaskAddress(Lane, id, default), new Raw(bytes), Cancellation);

        StoredDeadLetter letter = await OneDeadLetterAsync();
        Assert.Equal(DeadLetterReason.Undecodable, letter.Note.Reason);
        Assert.Equal(bytes, letter.Envelope.ToArray());
        Assert.Equal(TaskState.DeadLettered, (await Engine.Outcomes.GetAsync(id, Cancellation)).State);
    }

    [Fact]
    public async Task A_task_that_the_worker_does_not_know_is_kept_with_its_name()
    {
        await StartWorkerAsync();
        TaskId id = TaskId.New();
        byte[] bytes = [0x96, 0x01, 0xc4, 0x10, .. id.ToGuid().ToByteArray(bigEndian: true), 0xad, .. "probe.unheard"u8, 0x00, 0xc0, 0x90];
        await Engine.PublishAsync(new TaskAddress(Lane, id, default), new Raw(bytes), Cancellation);

        StoredDeadLetter letter = await OneDeadLetterAsync();
        Assert.Equal(DeadLetterReason.UnknownTask, letter.Note.Reason);
        Assert.Contains("probe.unheard", letter.Note.Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, letter.Envelope.ToArray());
    }

    [Fact]
    public async Task A_key_that_no_store_takes_is_undecodable()
    {
        await StartWorkerAsync();
        TaskId id = TaskId.New();
        byte[] key = [.. Enumerable.Repeat((byte)'k', 4000)];
        byte[] bytes =
        [
            0x96, 0x01, 0xc4, 0x10, .. id.ToGuid().ToByteArray(bigEndian: true), 0xab, .. "probe.keyed"u8, 0x00,
            0x81, 0x01, 0xda, 0x0f, 0xa0, .. key,
            0x92, 0xa1, .. "k"u8, 0xa1, .. "l"u8,
        ];
        await Engine.PublishAsync(new TaskAddress(Lane, id, default), new Raw(bytes), Cancellation);

        StoredDeadLetter letter = await OneDeadLetterAsync();
        Assert.Equal(DeadLetterReason.Undecodable, letter.Note.Reason);
        Assert.Empty(Stage.Runs("l"));
    }

    [Fact]
    public async Task A_task_that_used_up_its_attempts_is_kept_with_the_last_failure()
    {
        Stage.FailUntil("hopeless", attempt: int.MaxValue);
        await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("hopeless", default, Cancellation);
        await FailsAsync(task);

        StoredDeadLetter letter = await OneDeadLetterAsync();
        Assert.Equal(task.Id, letter.Id);
        Assert.Equal(DeadLetterReason.AttemptsExhausted, letter.Note.Reason);
        Assert.Equal(3, letter.Note.Attempts);
        Assert.Equal("attempt 3", letter.Note.Failure?.Message);
    }

    [Fact]
    public async Task A_task_that_did_not_start_in_time_is_kept_and_reported()
    {
        TaskHandle<string> task = await Client.PerishableAsync("late", default, Cancellation);
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(2.5));
        await StartWorkerAsync();

        TaskFailedException failed = await FailsAsync(task);

        Assert.Equal(TaskState.Expired, failed.State);
        Assert.Equal(DeadLetterReason.Expired, (await OneDeadLetterAsync()).Note.Reason);
        Assert.Empty(Stage.Runs("late"));
    }

    [Fact]
    public async Task A_dead_letter_that_is_requeued_runs_from_its_first_attempt()
    {
        Stage.FailUntil("mended", attempt: int.MaxValue);
        await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("mended", default, Cancellation);
        await FailsAsync(task);
        await OneDeadLetterAsync();

        Stage.On("mended", (context, _) => new ValueTask<string>($"attempt {context.Attempt}"));
        Assert.True(await Engine.Administration.RequeueDeadLetterAsync(Lane, task.Id, Cancellation));

        Assert.Equal("attempt 1", await Soon(task.ResultAsync(Cancellation)));
        Assert.Empty(await DeadLettersAsync());
    }

    private readonly struct Raw(byte[] bytes) : IEnvelopeSource
    {
        public void WriteTo(System.Buffers.IBufferWriter<byte> destination) => System.Buffers.BuffersExtensions.Write(destination, bytes);
    }
}
