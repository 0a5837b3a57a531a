namespace TypedTasks.Testing.Tests;

public sealed class RecordingTaskClientTests
{
    private readonly RecordingTaskClient<IShop> _shop = new();

    [Fact]
    public async Task Calls_are_recorded_typed_and_answered_as_the_test_says()
    {
        var customer = Guid.NewGuid();
        _shop.Returns((ShopTasks.SellArguments call) => call.Article.Length);

        Assert.Equal(4, await new Checkout(_shop).CompleteAsync(customer));

        Assert.Equal(12.50m, _shop.Single<ShopTasks.SellArguments>().TypedArguments.Price);
        Assert.Equal(customer, _shop.Single<ShopTasks.RemindArguments>().TypedArguments.Customer);
        Assert.Equal(TimeSpan.FromDays(3), _shop.Single<ShopTasks.RemindArguments>().Options.Delay);
        Assert.Equal(["shop.sell", "shop.remind"], _shop.Calls.Select(call => call.Task.Name));
    }

    [Fact]
    public async Task A_failure_is_what_the_test_says()
    {
        _shop.Fails<ShopTasks.SellArguments>(new TaskFailure("OutOfStock", "none left", null));

        TaskFailedException failed = await Assert.ThrowsAsync<TaskFailedException>(() => _shop.Remote.SellAsync("book", 1).AsTask());

        Assert.Equal("none left", failed.Failure?.Message);
        Assert.Equal(TaskState.DeadLettered, failed.State);
    }

    [Fact]
    public async Task A_rejected_call_is_not_recorded()
    {
        _shop.Rejects<ShopTasks.SellArguments>(TaskRejection.Full);

        TaskRejectedException rejected = await Assert.ThrowsAsync<TaskRejectedException>(() => new Checkout(_shop).CompleteAsync(Guid.Empty));

        Assert.Equal(TaskRejection.Full, rejected.Reason);
        Assert.Empty(_shop.Calls);
    }

    [Fact]
    public async Task A_task_is_found_again_by_its_id()
    {
        TaskId id = (await _shop.SellAsync("book", 1)).Id;
        Assert.Equal(TaskState.Queued, await _shop.SellHandle(id).StateAsync());

        _shop.Returns((ShopTasks.SellArguments call) => call.Article.Length);
        Assert.Equal(4, await _shop.SellHandle(id).ResultAsync());
    }

    [Fact]
    public async Task A_task_that_was_not_enqueued_is_unknown_as_with_the_real_client()
    {
        _shop.Returns((ShopTasks.SellArguments call) => call.Article.Length);
        TaskHandle<int> none = _shop.SellHandle(TaskId.New());

        Assert.Equal(TaskState.Unknown, await none.StateAsync());
        await Assert.ThrowsAsync<TaskOutcomeUnavailableException>(() => none.ResultAsync().AsTask());
        Assert.True(await none.CancelAsync());
        Assert.Throws<ArgumentException>(() => _shop.SellHandle(TaskId.Empty));
    }

    [Fact]
    public async Task A_result_that_nobody_named_says_what_to_call()
    {
        InvalidOperationException mistake = await Assert.ThrowsAsync<InvalidOperationException>(() => new Checkout(_shop).CompleteAsync(Guid.Empty));

        Assert.Contains("Returns((SellArguments call)", mistake.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => _shop.Single<ShopTasks.ShipArguments>());
    }

    [Fact]
    public async Task Keys_ids_and_options_are_those_of_the_real_client()
    {
        TaskId id = TaskId.New();
        TaskHandle<int> first = await _shop.ShipAsync(7, EnqueueOptions.WithId(id));
        TaskHandle<int> second = await _shop.ShipAsync(7, EnqueueOptions.WithId(id));

        Assert.Equal("7", _shop.Single<ShopTasks.ShipArguments>().Key);
        Assert.False(first.IsDuplicate);
        Assert.True(second.IsDuplicate);
        await Assert.ThrowsAsync<ArgumentException>(async () => await _shop.ShipAsync(7, EnqueueOptions.In(TimeSpan.FromSeconds(-1))));
    }

    [Fact]
    public async Task One_id_is_not_that_of_many_calls()
    {
        ArgumentException mistake = await Assert.ThrowsAsync<ArgumentException>(() =>
            _shop.EnqueueManyAsync([ShopTasks.Ship(1), ShopTasks.Ship(2)], EnqueueOptions.WithId(TaskId.New())).AsTask());

        Assert.Equal("options", mistake.ParamName);
        Assert.Empty(_shop.Calls);
    }

    [Fact]
    public async Task What_is_not_kept_cannot_be_awaited()
    {
        TaskHandle<NoResult> counted = await _shop.CountAsync("book");

#pragma warning disable TT702 // The compiler knows it, too; the client is to refuse what it cannot see.
        await Assert.ThrowsAsync<TaskOutcomeUnavailableException>(() => counted.ResultAsync().AsTask());
#pragma warning restore TT702
    }

    [Fact]
    public async Task A_handle_follows_its_call()
    {
        TaskHandle<int> task = await _shop.ShipAsync(7);
        Assert.Equal(TaskState.Queued, await task.StateAsync());

        Assert.True(await task.CancelAsync());

        Assert.True(_shop.Single<ShopTasks.ShipArguments>().IsCancelled);
        Assert.Equal(TaskState.Cancelled, (await Assert.ThrowsAsync<TaskFailedException>(() => task.ResultAsync().AsTask())).State);
        Assert.Equal(3, (await _shop.EnqueueManyAsync([ShopTasks.Ship(1), ShopTasks.Ship(2), ShopTasks.Ship(3)])).Count);
    }

    [Fact]
    public async Task A_message_shows_each_call_as_its_task_and_its_arguments()
    {
        var shop = new RecordingTaskClient<IShop>();
        await shop.SellAsync("book", 2);

        InvalidOperationException none = Assert.Throws<InvalidOperationException>(() => shop.Single<ShopTasks.ShipArguments>());

        Assert.Equal($"0 calls with ShipArguments were enqueued, not one. All calls:{Environment.NewLine}shop.sell: SellArguments {{ Article = book, Price = 2 }}", none.Message);
    }

    [Fact]
    public void A_task_of_another_contract_is_refused()
    {
        var shop = new RecordingTaskClient<IShop>();
        const string Why = "'relay.relay' is no task of the contract 'shop', whose calls this client records.";

        Assert.Equal(Why, Assert.Throws<InvalidOperationException>(() => shop.Of<RelayTasks.RelayArguments>()).Message);
        Assert.Equal(Why, Assert.Throws<InvalidOperationException>(() => shop.Single<RelayTasks.RelayArguments>()).Message);
        Assert.Equal(Why, Assert.Throws<InvalidOperationException>(() => shop.Fails<RelayTasks.RelayArguments>()).Message);
        Assert.Equal(Why, Assert.Throws<InvalidOperationException>(() => shop.Rejects<RelayTasks.RelayArguments>(TaskRejection.Full)).Message);
        Assert.Equal(Why, Assert.Throws<InvalidOperationException>(() => shop.Returns((RelayTasks.RelayArguments _) => default(NoResult))).Message);
    }
}
