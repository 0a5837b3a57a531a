namespace TypedTasks.Testing.Tests;

public sealed class RecordingTaskCanvasTests
{
    private readonly RecordingTaskCanvas _canvas = new();

    private static TaskChain<int> Chain => Canvas.Chain(ShopTasks.Sell("book", 12.50m)).Then(ShopTasks.ShipLink());

    [Fact]
    public async Task Canvases_are_recorded_with_their_steps_and_answered_as_the_test_says()
    {
        _canvas.Returns(7);

        TaskHandle<int> handle = await _canvas.EnqueueAsync(Chain, EnqueueOptions.In(TimeSpan.FromDays(1)));

        Assert.Equal(7, await handle.ResultAsync());
        RecordedCanvas recorded = Assert.Single(_canvas.Canvases);
        Assert.Equal("shop.sell → shop.ship", recorded.ToString());
        Assert.Equal((handle.Id, TimeSpan.FromDays(1)), (recorded.Id, recorded.Options.Delay));
        Assert.Equal(12.50m, Assert.Single(recorded.Of<ShopTasks.SellArguments>()).Price);
        Assert.Equal([("shop.sell", false), ("shop.ship", true)], recorded.Steps.Select(step => (step.Task.Name, step.IsLinked)));
    }

    [Fact]
    public async Task A_group_has_a_handle_for_each_member()
    {
        _canvas.Returns(3);

        IReadOnlyList<TaskHandle<int>> handles = await _canvas.EnqueueAsync(Canvas.Group(ShopTasks.Ship(1), ShopTasks.Ship(2)));

        Assert.Equal(2, handles.Select(handle => handle.Id).Distinct().Count());
        Assert.Equal(3, await handles[1].ResultAsync());
        Assert.Equal("(shop.ship | shop.ship)", Assert.Single(_canvas.Canvases).ToString());
    }

    [Fact]
    public async Task Failures_and_rejections_are_what_the_test_says()
    {
        TaskHandle<int> handle = await _canvas.EnqueueAsync(Chain);
        Assert.Equal(TaskState.Queued, await handle.StateAsync());
        InvalidOperationException unsaid = await Assert.ThrowsAsync<InvalidOperationException>(() => handle.ResultAsync().AsTask());
        _canvas.Fails(new TaskFailure("OutOfStock", "none left", null));
        TaskFailedException failed = await Assert.ThrowsAsync<TaskFailedException>(() => handle.ResultAsync().AsTask());
        _canvas.Rejects(TaskRejection.Full);
        TaskRejectedException rejected = await Assert.ThrowsAsync<TaskRejectedException>(async () => await _canvas.EnqueueAsync(Chain));

        Assert.Contains("call Returns<Int32>(…) before", unsaid.Message, StringComparison.Ordinal);
        Assert.Equal(("none left", TaskState.DeadLettered), (failed.Failure?.Message, failed.State));
        Assert.Equal(TaskRejection.Full, rejected.Reason);
        Assert.Single(_canvas.Canvases);
        Assert.Throws<ArgumentOutOfRangeException>(() => _canvas.Fails(state: TaskState.Succeeded));
    }

    [Fact]
    public async Task Ids_options_and_cancelling_are_those_of_the_real_one()
    {
        TaskId id = TaskId.New();
        TaskHandle<int> first = await _canvas.EnqueueAsync(Chain, EnqueueOptions.WithId(id));
        TaskHandle<int> second = await _canvas.EnqueueAsync(Chain, EnqueueOptions.WithId(id));

        Assert.Equal((id, id, false, true), (first.Id, second.Id, first.IsDuplicate, second.IsDuplicate));
        Assert.True(await first.CancelAsync());
        Assert.Equal(TaskState.Cancelled, await second.StateAsync());
        Assert.True(Assert.Single(_canvas.Canvases).IsCancelled);
        await Assert.ThrowsAsync<ArgumentException>(async () => await _canvas.EnqueueAsync(Chain, new EnqueueOptions { Key = "key" }));
    }

    [Fact]
    public async Task A_drained_host_has_run_a_canvas_to_its_end()
    {
        await using var host = await TaskTestHost.StartAsync(tasks => tasks.AddWorker<IShop, ShopHandler>());

        TaskHandle<int> handle = await host.Canvas.EnqueueAsync(Chain);
        await host.DrainAsync();

        Assert.Equal(TaskState.Succeeded, await handle.StateAsync());
    }
}
