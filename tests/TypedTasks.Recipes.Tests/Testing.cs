using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Engine;
using TypedTasks.Testing;

namespace Recipes.Testing;

// What is tested: a contract, a producer, a worker.
[TaskContract("orders")]
public interface IOrders
{
    [Task(MaxAttempts = 3, Backoff = "1m")]
    [Idempotent(Key = nameof(order))]
    ValueTask<string> ShipAsync(Guid order, TaskContext context = null!);

    [Task]
    [Idempotent(Key = nameof(order))]
    ValueTask AskForReviewAsync(Guid order, TaskContext context = null!);
}

public sealed class Shop(ITaskClient<IOrders> orders)
{
    public async Task<string> SellAsync(Guid order)
    {
        TaskHandle<string> parcel = await orders.ShipAsync(order);
        await orders.AskForReviewAsync(order, EnqueueOptions.In(TimeSpan.FromDays(7)));
        return await parcel.ResultAsync();
    }

    // The answer of the engine may get lost. The same id makes the second try safe.
    public async Task<bool> ShipSurelyAsync(Guid order)
    {
        var id = new TaskId(order);
        try
        {
            await orders.ShipAsync(order, EnqueueOptions.WithId(id));
            return true;
        }
        catch (TaskUnconfirmedException)
        {
            return !(await orders.ShipAsync(order, EnqueueOptions.WithId(id))).IsDuplicate;
        }
    }
}

public sealed class OrderWorker(IWarehouse warehouse) : IOrders
{
    public async ValueTask<string> ShipAsync(Guid order, TaskContext context)
    {
        await context.ReportAsync(50);
        string parcel = await context.OnceAsync("pick", async cancellationToken => await warehouse.PickAsync(order, cancellationToken));
        await context.OnceAsync("hand over", async cancellationToken => await warehouse.HandOverAsync(parcel, cancellationToken));
        return parcel;
    }

    public async ValueTask AskForReviewAsync(Guid order, TaskContext context) =>
        await context.OnceAsync("ask", async cancellationToken => await warehouse.AskForReviewAsync(order, cancellationToken));
}

public interface IWarehouse
{
    ValueTask<string> PickAsync(Guid order, CancellationToken cancellationToken);

    ValueTask HandOverAsync(string parcel, CancellationToken cancellationToken);

    ValueTask AskForReviewAsync(Guid order, CancellationToken cancellationToken);
}

// A stand-in, as in any test.
public sealed class Warehouse : IWarehouse
{
    public List<string> Done { get; } = [];

    public Exception? Failure { get; set; }

    public ValueTask<string> PickAsync(Guid order, CancellationToken cancellationToken)
    {
        Done.Add("picked");
        return new ValueTask<string>("P1");
    }

    public ValueTask HandOverAsync(string parcel, CancellationToken cancellationToken) => Failure is { } failure ? ValueTask.FromException(failure) : Do("handed over");

    public ValueTask AskForReviewAsync(Guid order, CancellationToken cancellationToken) => Do("asked");

    private ValueTask Do(string what)
    {
        Done.Add(what);
        return ValueTask.CompletedTask;
    }
}

public sealed class ShopTests
{
    private readonly Guid _order = Guid.NewGuid();
    private readonly Warehouse _warehouse = new();

    // A producer: nothing runs, every call is recorded, typed.
    [Fact]
    public async Task A_sale_ships_and_asks_for_a_review_a_week_later()
    {
        var orders = new RecordingTaskClient<IOrders>();
        orders.Returns((OrdersTasks.ShipArguments call) => "P1");

        Assert.Equal("P1", await new Shop(orders).SellAsync(_order));

        Assert.Equal(_order, orders.Single<OrdersTasks.ShipArguments>().TypedArguments.Order);
        Assert.Equal(TimeSpan.FromDays(7), orders.Single<OrdersTasks.AskForReviewArguments>().Options.Delay);
        Assert.Equal(2, orders.Calls.Count);
    }

    // A handler: called as the plain method that it is, with a context that remembers.
    [Fact]
    public async Task The_second_attempt_does_not_pick_again()
    {
        using var context = new TestTaskContext(OrdersTasks.ShipArguments.Task);
        var worker = new OrderWorker(_warehouse);

        _warehouse.Failure = new HttpRequestException("The carrier's door is shut.");
        await Assert.ThrowsAsync<HttpRequestException>(async () => await worker.ShipAsync(_order, context));
        Assert.Equal([50], context.Reports<int>());
        Assert.Equal(["pick"], context.RecordedEffects);

        _warehouse.Failure = null;
        using TestTaskContext second = context.NextAttempt();
        Assert.Equal("P1", await worker.ShipAsync(_order, second));
        Assert.Equal(["picked", "handed over"], _warehouse.Done);
    }

    // All of it: engine, worker and client, in time that passes when the test says so.
    [Fact]
    public async Task A_shut_door_is_tried_again_a_minute_later()
    {
        await using TaskTestHost host = await StartAsync();
        _warehouse.Failure = new HttpRequestException("The carrier's door is shut.");

        TaskHandle<string> task = await host.Client<IOrders>().ShipAsync(_order);
        await host.DrainAsync();                                        // runs what is ready
        Assert.Equal(TaskState.Retrying, await task.StateAsync());

        _warehouse.Failure = null;
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));               // its back-off passes, and it runs again
        Assert.Equal("P1", await task.ResultAsync());
        Assert.Equal(VirtualTime.Start + TimeSpan.FromMinutes(1), host.Time.UtcNow);
    }

    [Fact]
    public async Task A_carrier_that_never_opens_leaves_a_dead_letter()
    {
        await using TaskTestHost host = await StartAsync();
        _warehouse.Failure = new HttpRequestException("The carrier's door is shut.");

        await host.Client<IOrders>().ShipAsync(_order);
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));

        StoredDeadLetter letter = Assert.Single(await host.DeadLettersAsync(OrdersTasks.ShipArguments.Task));
        Assert.Equal((DeadLetterReason.AttemptsExhausted, 3), (letter.Note.Reason, letter.Note.Attempts));
    }

    // An engine that goes wrong: the task was accepted, and nobody heard of it.
    [Fact]
    public async Task A_lost_answer_does_not_ship_twice()
    {
        await using TaskTestHost host = await StartAsync();
        host.Engine.Faults.Next(EngineOperation.Publish, EngineFault.LoseAnswer);

        Assert.False(await new Shop(host.Client<IOrders>()).ShipSurelyAsync(_order));
        await host.DrainAsync();

        Assert.Equal(["picked", "handed over"], _warehouse.Done);
    }

    // A settlement that does not arrive: the worker tries it again, and the handler is not run again.
    [Fact]
    public async Task A_settlement_that_fails_does_not_ship_twice()
    {
        await using TaskTestHost host = await StartAsync();
        host.Engine.Faults.Next(EngineOperation.Settle, EngineFault.Fail);

        TaskHandle<string> task = await host.Client<IOrders>().ShipAsync(_order);
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.Equal("P1", await task.ResultAsync());
        Assert.Equal(["picked", "handed over"], _warehouse.Done);
    }

    private Task<TaskTestHost> StartAsync() => TaskTestHost.StartAsync(tasks =>
    {
        tasks.Services.AddSingleton<IWarehouse>(_warehouse);
        tasks.AddClient<IOrders>().AddWorker<IOrders, OrderWorker>();
    });
}
