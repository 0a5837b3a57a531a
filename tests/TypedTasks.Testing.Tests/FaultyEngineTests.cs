using TypedTasks.Engine;

namespace TypedTasks.Testing.Tests;

public sealed class FaultyEngineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Faults_come_in_the_order_of_the_script_and_then_no_more()
    {
        await using TaskTestHost host = await TaskTestHostTests.StartAsync();
        ITaskClient<IShop> shop = host.Client<IShop>();
        host.Engine.Faults.Next(EngineOperation.Publish, EngineFault.Fail, EngineFault.LoseAnswer);

        TaskUnconfirmedException failed = await Assert.ThrowsAsync<TaskUnconfirmedException>(async () => await shop.ShipAsync(1));
        TaskUnconfirmedException lost = await Assert.ThrowsAsync<TaskUnconfirmedException>(async () => await shop.ShipAsync(2));

        Assert.False((await shop.ShipAsync(1, EnqueueOptions.WithId(failed.Id))).IsDuplicate);
        Assert.True((await shop.ShipAsync(2, EnqueueOptions.WithId(lost.Id))).IsDuplicate);
        Assert.Equal(4, host.Engine.Faults.Count(EngineOperation.Publish));
    }

    [Fact]
    public async Task A_delay_takes_virtual_time()
    {
        await using TaskTestHost host = await TaskTestHostTests.StartAsync();
        host.Engine.Faults.Next(EngineOperation.Publish, EngineFault.After(TimeSpan.FromMinutes(1)));

        Task<TaskHandle<int>> enqueueing = host.Client<IShop>().ShipAsync(1).AsTask();
        await host.AdvanceAsync(TimeSpan.FromSeconds(59));
        Assert.False(enqueueing.IsCompleted);
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));

        await enqueueing.WaitAsync(Patience);
    }

    [Fact]
    public async Task The_same_seed_goes_wrong_in_the_same_places()
    {
        Assert.Equal(await PatternAsync(7), await PatternAsync(7));
        Assert.NotEqual(await PatternAsync(7), await PatternAsync(8));

        static async Task<string> PatternAsync(int seed)
        {
            var time = new VirtualTime();
            await using var engine = new FaultyEngine(time.CreateEngine(), time, seed);
            engine.Faults.ByChance(EngineOperation.Read, EngineFault.Fail, 0.5);
            string pattern = "";
            for (int i = 0; i < 64; i++)
            {
                try
                {
                    await engine.Outcomes.GetAsync(TaskId.New(), CancellationToken.None);
                    pattern += ".";
                }
                catch (TaskEngineException)
                {
                    pattern += "x";
                }
            }

            return pattern;
        }
    }

    [Fact]
    public async Task Dropped_leases_are_delivered_again_and_told_to_their_holder()
    {
        var time = new VirtualTime();
        await using var engine = new FaultyEngine(time.CreateEngine(), time);
        Lane lane = ShopTasks.ShipArguments.Task.Lane;
        await engine.StartAsync([lane], CancellationToken.None);
        await engine.PublishAsync(new TaskAddress(lane, TaskId.New(), default), new Empty(), CancellationToken.None);
        await using ILaneConsumer consumer = await engine.ConsumeAsync(lane, new LaneConsumerOptions(), CancellationToken.None);
        var room = new Delivery[1];
        await consumer.ReceiveAsync(room, CancellationToken.None);
        Delivery first = room[0];

        Assert.Equal(1, await engine.DropLeasesAsync());

        await consumer.ReceiveAsync(room, CancellationToken.None);
        Assert.Equal(2, room[0].Attempt);
        var statuses = new SettleStatus[1];
        await consumer.RenewAsync(new[] { first }, statuses, CancellationToken.None);
        Assert.Equal(SettleStatus.LeaseLost, statuses[0]);
        await consumer.SettleAsync(new[] { new Settlement { Delivery = room[0], Kind = SettlementKind.Complete, State = TaskState.Succeeded } }, statuses, CancellationToken.None);
        Assert.Equal(SettleStatus.Done, statuses[0]);
    }

    [Fact]
    public async Task What_is_ready_for_a_host_goes_to_others_when_it_is_cut_off_and_what_it_has_does_not()
    {
        var time = new VirtualTime();
        await using var broker = new ReadyAhead(time.CreateEngine());
        await using var lost = new FaultyEngine(broker, time, ownsInner: false);
        Lane lane = ShopTasks.ShipArguments.Task.Lane;
        await broker.StartAsync([lane], CancellationToken.None);
        await broker.PublishAsync(new TaskAddress(lane, TaskId.New(), default), new Empty(), CancellationToken.None);
        await broker.PublishAsync(new TaskAddress(lane, TaskId.New(), default), new Empty(), CancellationToken.None);

        await using ILaneConsumer ours = await lost.ConsumeAsync(lane, new LaneConsumerOptions { Lease = TimeSpan.FromSeconds(30) }, CancellationToken.None);
        await using ILaneConsumer others = await broker.ConsumeAsync(lane, new LaneConsumerOptions { Lease = TimeSpan.FromSeconds(30) }, CancellationToken.None);
        var room = new Delivery[1];
        Assert.Equal(1, await ours.ReceiveAsync(room, CancellationToken.None));
        Assert.Equal(2, (await broker.Administration.GetStatisticsAsync(lane, CancellationToken.None)).InFlight);

        lost.Faults.CutOff();

        Assert.Equal(1, await others.ReceiveAsync(room, CancellationToken.None).AsTask().WaitAsync(Patience));
        Assert.Equal(1, room[0].Attempt);
        ValueTask<int> held = others.ReceiveAsync(room, CancellationToken.None);
        Assert.False(held.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(1, await held.AsTask().WaitAsync(Patience));
        Assert.Equal(2, room[0].Attempt);

        await Assert.ThrowsAsync<TaskEngineException>(async () => await ours.ReceiveAsync(room, CancellationToken.None));
        lost.Faults.Reconnect();
        await broker.PublishAsync(new TaskAddress(lane, TaskId.New(), default), new Empty(), CancellationToken.None);
        Assert.Equal(1, await ours.ReceiveAsync(room, CancellationToken.None).AsTask().WaitAsync(Patience));
    }

    private readonly struct Empty : IEnvelopeSource
    {
        public void WriteTo(System.Buffers.IBufferWriter<byte> destination)
        {
        }
    }
}
