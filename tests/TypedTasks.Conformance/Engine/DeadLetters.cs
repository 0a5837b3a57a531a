using TypedTasks.Engine;
using Xunit;

namespace TypedTasks.Conformance.Engine;

/// <summary>Dead letters: nothing is dropped, and everything can go back.</summary>
public abstract class DeadLetters<TEngine> : EngineBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task A_dead_letter_keeps_its_bytes_and_says_why()
    {
        await using ILaneConsumer consumer = await BuryAsync("a");

        StoredDeadLetter letter = Assert.Single(await DeadLettersAsync());

        Assert.Equal(IdOf("a"), letter.Id);
        Assert.Equal(Lane, letter.Lane);
        Assert.Equal(Bytes("a"), letter.Envelope.ToArray());
        Assert.Equal(DeadLetterReason.AttemptsExhausted, letter.Note.Reason);
        Assert.Equal(1, letter.Note.Attempts);
        Assert.Equal(new TaskFailure("System.TimeoutException", "Too slow.", null), letter.Note.Failure);
        Assert.Equal(TimeSpan.Zero, letter.Note.At.Offset);
    }

    [Fact]
    public async Task Dead_letters_are_listed_oldest_first()
    {
        await using ILaneConsumer consumer = await BuryAsync("1", "2", "3");

        Assert.Equal([IdOf("1"), IdOf("2"), IdOf("3")], (await DeadLettersAsync()).Select(letter => letter.Id));
    }

    [Fact]
    public async Task The_outcome_of_a_dead_letter_is_kept()
    {
        await using ILaneConsumer consumer = await BuryAsync("a");

        TaskStatusReport report = await StatusAsync("a");

        Assert.Equal(TaskState.DeadLettered, report.State);
        Assert.Equal(Bytes("dead"), report.Outcome.ToArray());
    }

    [Fact]
    public async Task A_requeued_dead_letter_is_a_first_attempt_of_the_same_id()
    {
        await using ILaneConsumer consumer = await BuryAsync("a");

        Assert.True(await Soon(Engine.Administration.RequeueDeadLetterAsync(Lane, IdOf("a"), Cancellation)));

        Assert.Equal(TaskState.Queued, await StateAsync("a"));
        Assert.Empty(await DeadLettersAsync());
        Delivery delivery = await ReceiveAsync(consumer);
        Assert.Equal("a", LabelOf(delivery));
        Assert.Equal(1, delivery.Attempt);
        await SettleAsync(consumer, Complete(delivery));
        Assert.Equal(TaskState.Succeeded, await StateAsync("a"));
    }

    [Fact]
    public async Task A_requeued_dead_letter_can_die_again()
    {
        await using ILaneConsumer consumer = await BuryAsync("a");
        await Soon(Engine.Administration.RequeueDeadLetterAsync(Lane, IdOf("a"), Cancellation));

        await SettleAsync(consumer, DeadLetter(await ReceiveAsync(consumer)));

        Assert.Single(await DeadLettersAsync());
    }

    [Fact]
    public async Task One_can_be_deleted_and_the_others_stay()
    {
        await using ILaneConsumer consumer = await BuryAsync("1", "2", "3");

        Assert.True(await Soon(Engine.Administration.DeleteDeadLetterAsync(Lane, IdOf("2"), Cancellation)));

        Assert.Equal([IdOf("1"), IdOf("3")], (await DeadLettersAsync()).Select(letter => letter.Id));
        Assert.Equal(2, (await StatisticsAsync()).DeadLetters);
    }

    [Fact]
    public async Task What_is_no_dead_letter_can_be_neither_requeued_nor_deleted()
    {
        await PublishAsync("alive");

        Assert.False(await Soon(Engine.Administration.RequeueDeadLetterAsync(Lane, IdOf("alive"), Cancellation)));
        Assert.False(await Soon(Engine.Administration.DeleteDeadLetterAsync(Lane, IdOf("alive"), Cancellation)));
        Assert.False(await Soon(Engine.Administration.RequeueDeadLetterAsync(Lane, TaskId.New(), Cancellation)));
        Assert.False(await Soon(Engine.Administration.DeleteDeadLetterAsync(Lane, TaskId.New(), Cancellation)));
        Assert.Equal(TaskState.Queued, await StateAsync("alive"));
    }

    [Fact]
    public async Task An_id_is_accepted_once_while_it_is_a_dead_letter()
    {
        await using ILaneConsumer consumer = await BuryAsync("a");

        Assert.Equal(PublishStatus.Duplicate, await Soon(TryPublishAsync("a")));
    }

    [Fact]
    public async Task A_long_list_is_listed_whole()
    {
        string[] labels = [.. Enumerable.Range(0, 600).Select(number => $"task {number}")];
        await using ILaneConsumer consumer = await BuryAsync(labels);

        Assert.Equal(labels.Select(IdOf), (await DeadLettersAsync()).Select(letter => letter.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Letters_that_leave_while_they_are_listed_neither_hide_nor_repeat_others(bool isRequeued)
    {
        string[] labels = [.. Enumerable.Range(0, 600).Select(number => $"task {number}")];
        await using ILaneConsumer consumer = await BuryAsync(labels);
        List<TaskId> listed = [];

        await foreach (StoredDeadLetter letter in Engine.Administration.ListDeadLettersAsync(Lane, Cancellation))
        {
            listed.Add(letter.Id);
            Assert.True(await Soon(isRequeued
                ? Engine.Administration.RequeueDeadLetterAsync(Lane, letter.Id, Cancellation)
                : Engine.Administration.DeleteDeadLetterAsync(Lane, letter.Id, Cancellation)));
        }

        Assert.Equal(labels.Select(IdOf), listed);
        Assert.Empty(await DeadLettersAsync());
    }

    private async Task<ILaneConsumer> BuryAsync(params string[] labels)
    {
        await PublishAsync(labels);
        ILaneConsumer consumer = await ConsumeAsync();
        List<Delivery> deliveries = await ReceiveAsync(consumer, labels.Length);
        await SettleAllAsync(consumer, [.. deliveries.Select(delivery => DeadLetter(delivery))]);
        return consumer;
    }
}
