using TypedTasks.Engine;
using TypedTasks.Testing;
using TypedTasks.Worker;

namespace TypedTasks.Diagnostics.Tests;

public sealed class AdminTests
{
    private static readonly Lane Jobs = new("default", "jobs");

    [Fact]
    public async Task Lanes_are_listed_with_what_they_hold()
    {
        var time = new VirtualTime();
        await using TestHost host = await TestHost.StartAsync(time: time, work: false);
        await host.Client.CountAsync(1);
        await host.Client.CountAsync(2, EnqueueOptions.In(TimeSpan.FromHours(1)));
        await host.Admin.PauseAsync("numbers");
        List<LaneReport> lanes = await host.Admin.ListLanesAsync().ToListAsync();
        Assert.Equal([Jobs, new Lane("numbers", "jobs")], lanes.Select(lane => lane.Lane));
        Assert.Equal((1, 1, 0, 0), (lanes[0].Ready, lanes[0].Delayed, lanes[0].InFlight, lanes[0].DeadLetters));
        Assert.Equal(VirtualTime.Start, lanes[0].OldestReadyAt);
        Assert.False(lanes[0].IsPaused);
        Assert.True(lanes[1].IsPaused);
        await host.Admin.ResumeAsync("numbers");
        Assert.False((await host.Admin.GetLaneAsync(new Lane("numbers", "jobs"))).IsPaused);
        Assert.Equal(2, await host.Admin.PurgeAsync(Jobs));
        Assert.Equal(0, (await host.Admin.GetLaneAsync(Jobs)).Ready);
    }

    [Fact]
    public async Task Dead_letters_are_listed_filtered_requeued_and_deleted()
    {
        var time = new VirtualTime();
        await using TestHost host = await TestHost.StartAsync(time: time);
        bool isMended = false;
        host.Jobs.OnRun = (script, _, _) => isMended ? new ValueTask<int>(1) : throw new DeadLetterException($"cannot {script}");
        TaskHandle<int> first = await FailAsync(host, "a");
        time.Advance(TimeSpan.FromMinutes(1));
        TaskHandle<int> second = await FailAsync(host, "b");
        TaskHandle<int> third = await FailAsync(host, "c");

        List<DeadLetter> all = await host.Admin.ListDeadLettersAsync().ToListAsync();
        Assert.Equal([first.Id, second.Id, third.Id], all.Select(letter => letter.Id));
        DeadLetter letter = all[0];
        Assert.Equal("jobs.run", letter.TaskName);
        Assert.Equal(DeadLetterReason.NotTransient, letter.Reason);
        Assert.Equal("cannot a", letter.Failure?.Message);
        Assert.Equal(1, letter.Attempts);
        Assert.Equal(VirtualTime.Start, letter.EnqueuedAt);
        Assert.Equal(VirtualTime.Start, letter.At);
        Assert.False(letter.Envelope.IsEmpty);
        Assert.True(letter.TryReadArguments(out JobsTasks.RunArguments arguments));
        Assert.Equal("a", arguments.Script);
        Assert.False(letter.TryReadArguments(out JobsTasks.CountArguments _));
        Assert.Equal("[\"a\"]", letter.ArgumentsToJson());

        Assert.Equal(2, await CountAsync(new DeadLetterFilter { Since = VirtualTime.Start.AddSeconds(1) }));
        Assert.Equal(3, await CountAsync(new DeadLetterFilter { Queue = "default", Contract = "jobs", TaskName = "jobs.run", Reason = DeadLetterReason.NotTransient }));
        Assert.Equal(0, await CountAsync(new DeadLetterFilter { TaskName = "jobs.count" }));
        Assert.Equal(0, await CountAsync(new DeadLetterFilter { Queue = "numbers" }));
        Assert.Equal(0, await CountAsync(new DeadLetterFilter { Reason = DeadLetterReason.Expired }));

        Assert.True(await host.Admin.DeleteDeadLetterAsync(letter.Lane, first.Id));
        Assert.False(await host.Admin.DeleteDeadLetterAsync(letter.Lane, first.Id));
        Assert.False(await host.Admin.RequeueAsync(letter.Lane, first.Id));
        isMended = true;
        Assert.True(await host.Admin.RequeueAsync(letter.Lane, second.Id));
        Assert.Equal(1, await second.ResultAsync(TestHost.Patience));
        Assert.Equal(TaskState.Succeeded, await host.Admin.GetStateAsync(second.Id));
        Assert.Equal(1, await host.Admin.RequeueManyAsync(default));
        Assert.Equal(1, await third.ResultAsync(TestHost.Patience));
        Assert.Equal(0, await CountAsync(default));

        async Task<int> CountAsync(DeadLetterFilter filter) => (await host.Admin.ListDeadLettersAsync(filter).ToListAsync()).Count;
    }

    [Fact]
    public async Task Requeueing_all_ends_also_when_every_task_fails_again()
    {
        await using TestHost host = await TestHost.StartAsync();
        host.Jobs.OnRun = (_, _, _) => throw new DeadLetterException("still");
        for (int i = 0; i < 5; i++)
        {
            await FailAsync(host, "x");
        }

        Assert.Equal(5, await host.Admin.RequeueManyAsync(default));
        Assert.InRange(await host.Admin.DeleteDeadLettersAsync(new DeadLetterFilter { TaskName = "jobs.run" }), 0, 5);
    }

    [Fact]
    public async Task An_envelope_that_cannot_be_read_is_listed_all_the_same()
    {
        await using TestHost host = await TestHost.StartAsync(work: false);
        var id = TaskId.New();
        await host.Engine.PublishAsync(new TaskAddress(Jobs, id, DateTimeOffset.MinValue), new Garbage(), CancellationToken.None);

        await using ILaneConsumer consumer = await host.Engine.ConsumeAsync(Jobs, new LaneConsumerOptions(), CancellationToken.None);
        var deliveries = new Delivery[1];
        Assert.Equal(1, await consumer.ReceiveAsync(deliveries, CancellationToken.None));
        var settlement = new Settlement
        {
            Delivery = deliveries[0],
            Kind = SettlementKind.DeadLetter,
            State = TaskState.DeadLettered,
            Note = new DeadLetterNote(DeadLetterReason.Undecodable, DateTimeOffset.UtcNow, 1, null),
        };
        await consumer.SettleAsync(new[] { settlement }, new SettleStatus[1], CancellationToken.None);
        DeadLetter letter = Assert.Single(await host.Admin.ListDeadLettersAsync().ToListAsync());
        Assert.Null(letter.TaskName);
        Assert.Null(letter.EnqueuedAt);
        Assert.Equal([0xC1, 0xC1], letter.Envelope.ToArray());
        Assert.False(letter.TryReadArguments(out JobsTasks.RunArguments _));
        Assert.Null(letter.ArgumentsToJson());
    }

    [Fact]
    public async Task A_task_is_cancelled_by_its_id()
    {
        await using TestHost host = await TestHost.StartAsync();
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Jobs.OnRun = async (_, _, token) =>
        {
            running.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return 1;
        };
        TaskHandle<int> handle = await host.Client.RunAsync("long");
        await running.Task.WaitAsync(TestHost.Patience);
        Assert.Equal(TaskState.Running, await host.Admin.GetStateAsync(handle.Id));
        Assert.True(await host.Admin.CancelAsync(handle.Id));
        TaskFailedException failure = await Assert.ThrowsAsync<TaskFailedException>(async () => await handle.ResultAsync(TestHost.Patience));
        Assert.Equal(TaskState.Cancelled, failure.State);
        Assert.False(await host.Admin.CancelAsync(handle.Id));
    }

    [Fact]
    public async Task Workers_are_listed_while_they_live()
    {
        var time = new VirtualTime();
        await using TestHost host = await TestHost.StartAsync(worker => worker.Concurrency = 3, time);
        Assert.Equal(1, await (await host.Client.RunAsync("x")).ResultAsync(TestHost.Patience));
        time.Advance(WorkerHeartbeat.Every);
        WorkerReport worker = Assert.Single(await host.Admin.ListWorkersAsync().ToListAsync());
        Assert.StartsWith(Environment.MachineName, worker.Name, StringComparison.Ordinal);
        Assert.Equal(VirtualTime.Start, worker.StartedAt);
        Assert.True(worker.Memory > 0);
        Assert.Equal([Jobs, new Lane("numbers", "jobs")], worker.Lanes.Select(lane => lane.Lane).OrderBy(lane => lane.ToString()));
        Assert.All(worker.Lanes, lane => Assert.Equal(3, lane.Concurrency));

        Assert.Contains("Running = 0, Processed = 1, Lanes = [WorkerLaneReport { Lane = ", worker.ToString(), StringComparison.Ordinal);

        // It goes on to say so for longer than one sign lives.
        for (int i = 0; i < 5; i++)
        {
            time.Advance(WorkerHeartbeat.Every);
        }

        Assert.Single(await host.Admin.ListWorkersAsync().ToListAsync());
        await host.StopAsync();
        Assert.Empty(await host.Admin.ListWorkersAsync().ToListAsync());
    }

    [Fact]
    public async Task A_stopped_engine_is_a_typed_failure()
    {
        TestHost host = await TestHost.StartAsync(work: false);
        ITaskAdmin admin = host.Admin;
        await host.Engine.DisposeAsync();
        await Assert.ThrowsAsync<TaskEngineException>(async () => await admin.GetLaneAsync(Jobs));
        await Assert.ThrowsAsync<TaskEngineException>(async () => await admin.PauseAsync("default"));
        await host.DisposeAsync();
    }

    private static async Task<TaskHandle<int>> FailAsync(TestHost host, string script)
    {
        TaskHandle<int> handle = await host.Client.RunAsync(script);
        await Assert.ThrowsAsync<TaskFailedException>(async () => await handle.ResultAsync(TestHost.Patience));
        return handle;
    }

    private readonly struct Garbage : IEnvelopeSource
    {
        public void WriteTo(System.Buffers.IBufferWriter<byte> destination) => System.Buffers.BuffersExtensions.Write<byte>(destination, [0xC1, 0xC1]);
    }
}
