using System.Buffers;
using TypedTasks.Engine;
using TypedTasks.MessagePack;
using Xunit;

namespace TypedTasks.Conformance.Engine;

/// <summary>Publishing: what is accepted arrives, once, in order and unchanged.</summary>
public abstract class Publishing<TEngine> : EngineBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task Tasks_are_delivered_in_the_order_of_their_publishing()
    {
        string[] labels = [.. Enumerable.Range(0, 100).Select(number => $"task {number}")];
        await PublishAsync(labels);
        await using ILaneConsumer consumer = await ConsumeAsync();

        List<Delivery> deliveries = await ReceiveAsync(consumer, labels.Length);

        Assert.Equal(labels, deliveries.Select(LabelOf));
        await SettleAllAsync(consumer, [.. deliveries.Select(delivery => Complete(delivery))]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(65_537)]
    public async Task An_envelope_arrives_byte_for_byte(int length)
    {
        byte[] envelope = Random.Shared.GetItems([.. Enumerable.Range(0, 256).Select(value => (byte)value)], length);
        await Soon(Engine.PublishAsync(new TaskAddress(Lane, TaskId.New(), default), new RawEnvelope(envelope), Cancellation));
        await using ILaneConsumer consumer = await ConsumeAsync();

        Delivery delivery = await ReceiveAsync(consumer);

        Assert.Equal(envelope, delivery.Envelope.ToArray());
    }

    [Fact]
    public async Task An_id_is_accepted_once_while_its_task_is_queued()
    {
        await PublishAsync("a");

        Assert.Equal(PublishStatus.Duplicate, await Soon(TryPublishAsync("a")));

        Assert.Equal(1, (await StatisticsAsync()).Ready);
    }

    [Fact]
    public async Task An_id_is_accepted_once_while_its_task_runs()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        await ReceiveAsync(consumer);

        Assert.Equal(PublishStatus.Duplicate, await Soon(TryPublishAsync("a")));

        await ReceiveNothingAsync(consumer);
    }

    [Fact]
    public async Task An_id_is_accepted_once_while_its_outcome_is_kept()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        await SettleAsync(consumer, Complete(await ReceiveAsync(consumer)));

        Assert.Equal(PublishStatus.Duplicate, await Soon(TryPublishAsync("a")));

        Assert.Equal(TaskState.Succeeded, await StateAsync("a"));
        await ReceiveNothingAsync(consumer);
    }

    [Fact]
    public async Task Of_many_who_publish_one_id_at_once_exactly_one_is_accepted()
    {
        ChooseIdOf("a");
        PublishStatus[] statuses = await Soon(Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => TryPublishAsync("a").AsTask()))));

        Assert.Single(statuses, PublishStatus.Accepted);
        await using ILaneConsumer consumer = await ConsumeAsync();
        await ReceiveAsync(consumer);
        await ReceiveNothingAsync(consumer);
    }

    [Fact]
    public async Task Many_publishers_at_once_lose_nothing()
    {
        string[] labels = [.. Enumerable.Range(0, 400).Select(number => $"task {number}")];
        await Soon(Task.WhenAll(labels.Chunk(100).Select(chunk => Task.Run(() => PublishAsync(chunk)))));
        await using ILaneConsumer consumer = await ConsumeAsync();

        List<Delivery> deliveries = await ReceiveAsync(consumer, labels.Length);

        Assert.Equal(labels.Order(), deliveries.Select(LabelOf).Order());
    }

    [Fact]
    public async Task A_lane_is_a_queue_and_a_contract()
    {
        Lane sibling = Lane with { Contract = "other" };
        await Engine.StartAsync([sibling], Cancellation);
        await Soon(TryPublishAsync("theirs", lane: sibling));
        await PublishAsync("ours");
        await using ILaneConsumer consumer = await ConsumeAsync();

        Assert.Equal("ours", LabelOf(await ReceiveAsync(consumer)));
        await ReceiveNothingAsync(consumer);
    }

    [Fact]
    public async Task The_largest_envelope_is_accepted_and_one_byte_more_is_rejected_with_its_size()
    {
        int limit = Engine.Limits.MaxEnvelopeLength;
        TaskId fits = TaskId.New();
        Assert.Equal(PublishStatus.Accepted, await Soon(Engine.PublishAsync(new TaskAddress(Lane, fits, default), new RawEnvelope(new byte[limit]), Cancellation)));

        TaskId tooLarge = TaskId.New();
        TaskRejectedException rejected = await Assert.ThrowsAsync<TaskRejectedException>(
            () => Soon(Engine.PublishAsync(new TaskAddress(Lane, tooLarge, default), new RawEnvelope(new byte[limit + 1]), Cancellation)));

        Assert.Equal(TaskRejection.TooLarge, rejected.Reason);
        Assert.Equal(tooLarge, rejected.Id);
        Assert.Contains((limit + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), rejected.Message, StringComparison.Ordinal);
        Assert.Equal(TaskState.Unknown, (await Soon(Engine.Outcomes.GetAsync(tooLarge, Cancellation))).State);
    }

    [Fact]
    public async Task An_envelope_that_cannot_be_written_is_not_published()
    {
        await Assert.ThrowsAsync<MessagePackException>(
            () => Soon(Engine.PublishAsync(new TaskAddress(Lane, IdOf("a"), default), default(FailingEnvelope), Cancellation)));

        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        Assert.Equal("a", LabelOf(await ReceiveAsync(consumer)));
        await ReceiveNothingAsync(consumer);
    }

    [Fact]
    public async Task A_cancelled_publishing_publishes_nothing()
    {
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Soon(Engine.PublishAsync(new TaskAddress(Lane, IdOf("a"), default), new RawEnvelope(Bytes("a")), cancelled.Token)));

        await using ILaneConsumer consumer = await ConsumeAsync();
        await ReceiveNothingAsync(consumer);
    }

    private readonly struct FailingEnvelope : IEnvelopeSource
    {
        public void WriteTo(IBufferWriter<byte> destination)
        {
            destination.Write("half an envelope"u8);
            throw new MessagePackException("This argument cannot be written.");
        }
    }
}
