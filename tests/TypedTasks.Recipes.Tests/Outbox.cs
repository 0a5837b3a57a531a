using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks.Testing;

namespace Recipes.Outbox;

[TaskContract("billing")]
public interface IBilling
{
    [Task]
    [Idempotent(Key = nameof(order))]
    ValueTask BillAsync(Guid order, TaskContext context = null!);
}

public sealed class Order
{
    public Guid Id { get; init; }

    public decimal Amount { get; init; }
}

// A task that is to be enqueued. Its id is the task's.
public sealed class OutboxRow
{
    public Guid Id { get; init; }

    public Guid Order { get; init; }

    public DateTime At { get; init; }
}

public sealed class ShopDb(DbContextOptions<ShopDb> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();
}

// Where a lost bill is no harm: the order first, the task after its commit. A crash between the two loses the task.
public sealed class SimpleCheckout(ShopDb db, ITaskClient<IBilling> billing)
{
    public async Task BuyAsync(Order order)
    {
        db.Orders.Add(order);
        await db.SaveChangesAsync();
        await billing.BillAsync(order.Id);
    }
}

// Where it is: the order and what is to be done about it are one commit.
public sealed class Checkout(ShopDb db, TimeProvider time)
{
    public async Task BuyAsync(Order order)
    {
        DateTimeOffset now = time.GetUtcNow();
        db.Orders.Add(order);
        db.Outbox.Add(new OutboxRow { Id = TaskId.New(now).ToGuid(), Order = order.Id, At = now.UtcDateTime });
        await db.SaveChangesAsync();
    }
}

// Enqueues first and deletes then. What is enqueued and not deleted is enqueued again under the same id, which adds nothing.
public sealed class OutboxRelay(IServiceScopeFactory scopes, ITaskClient<IBilling> billing, TimeProvider time, ILogger<OutboxRelay> log) : BackgroundService
{
    private static readonly Action<ILogger, Exception> Waits = LoggerMessage.Define(LogLevel.Warning, new EventId(1), "The outbox waits.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        do
        {
            try
            {
                while (await RelayAsync(stoppingToken) > 0)
                {
                }
            }
            catch (Exception failure) when (failure is TaskException or DbException)
            {
                // The engine or the database is away. The rows are still there, and nothing is lost: the next tick tries them again.
                Waits(log, failure);
            }
        }
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }

    public async Task<int> RelayAsync(CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        ShopDb db = scope.ServiceProvider.GetRequiredService<ShopDb>();
        List<OutboxRow> rows = await db.Outbox.OrderBy(row => row.At).Take(100).ToListAsync(cancellationToken);
        foreach (OutboxRow row in rows)
        {
            await billing.BillAsync(row.Order, EnqueueOptions.WithId(new TaskId(row.Id)), cancellationToken);
        }

        // Not by SaveChanges, which would throw where another relay has deleted a row meanwhile.
        List<Guid> enqueued = [.. rows.Select(row => row.Id)];
        await db.Outbox.Where(row => enqueued.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
        return rows.Count;
    }
}

public sealed class OutboxTests : IDisposable
{
    private readonly Ledger _ledger = new();
    private readonly string _database = Path.GetTempFileName();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        File.Delete(_database);
    }

    [Fact]
    public async Task An_order_and_its_task_are_one_commit_and_the_relay_enqueues_it()
    {
        await using TaskTestHost host = await StartAsync();
        var order = new Order { Id = Guid.NewGuid(), Amount = 10 };
        await InScopeAsync(host, db => new Checkout(db, host.Time).BuyAsync(order));

        Assert.Equal(1, await Relay(host).RelayAsync(CancellationToken.None));
        Assert.Equal(0, await Relay(host).RelayAsync(CancellationToken.None));
        await host.DrainAsync();

        Assert.Equal([order.Id], _ledger.Billed);
    }

    [Fact]
    public async Task A_second_relay_is_harmless()
    {
        await using TaskTestHost host = await StartAsync();
        var order = new Order { Id = Guid.NewGuid(), Amount = 10 };
        await InScopeAsync(host, db => new Checkout(db, host.Time).BuyAsync(order));

        // The first relay dies after the engine has accepted the task, before the row is deleted.
        host.Engine.Faults.Next(EngineOperation.Publish, EngineFault.LoseAnswer);
        await Assert.ThrowsAsync<TaskUnconfirmedException>(() => Relay(host).RelayAsync(CancellationToken.None));
        Assert.Equal(1, await Relay(host).RelayAsync(CancellationToken.None));
        await host.DrainAsync();

        Assert.Equal([order.Id], _ledger.Billed);
    }

    [Fact]
    public async Task Two_relays_at_once_enqueue_each_order_once()
    {
        await using TaskTestHost host = await StartAsync();
        Order[] orders = [.. Enumerable.Range(0, 250).Select(_ => new Order { Id = Guid.NewGuid(), Amount = 10 })];
        await InScopeAsync(host, async db =>
        {
            foreach (Order order in orders)
            {
                await new Checkout(db, host.Time).BuyAsync(order);
            }
        });

        await Task.WhenAll(Task.Run(() => EmptyAsync(Relay(host))), Task.Run(() => EmptyAsync(Relay(host))));
        await host.DrainAsync();

        Assert.Equal(orders.Select(order => order.Id).Order(), _ledger.Billed.Order());
        await InScopeAsync(host, async db => Assert.Equal(0, await db.Outbox.CountAsync()));

        static async Task EmptyAsync(OutboxRelay relay)
        {
            while (await relay.RelayAsync(CancellationToken.None) > 0)
            {
            }
        }
    }

    [Fact]
    public async Task An_order_that_the_database_refuses_leaves_no_task()
    {
        await using TaskTestHost host = await StartAsync();
        var order = new Order { Id = Guid.NewGuid(), Amount = 10 };
        await InScopeAsync(host, db => new Checkout(db, host.Time).BuyAsync(order));
        await InScopeAsync(host, db => Assert.ThrowsAsync<DbUpdateException>(() => new Checkout(db, host.Time).BuyAsync(new Order { Id = order.Id, Amount = 20 })));

        Assert.Equal(1, await Relay(host).RelayAsync(CancellationToken.None));
        await host.DrainAsync();

        Assert.Equal([order.Id], _ledger.Billed);
    }

    [Fact]
    public async Task The_relay_waits_for_a_database_that_is_away()
    {
        await using TaskTestHost host = await StartAsync();
        var order = new Order { Id = Guid.NewGuid(), Amount = 10 };
        await InScopeAsync(host, db => new Checkout(db, host.Time).BuyAsync(order));
        await InScopeAsync(host, db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Outbox RENAME TO Elsewhere"));
        await Assert.ThrowsAsync<SqliteException>(() => Relay(host).RelayAsync(CancellationToken.None));

        using OutboxRelay relay = Relay(host);
        await relay.StartAsync(CancellationToken.None);
        await InScopeAsync(host, db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Elsewhere RENAME TO Outbox"));
        await host.Time.AdvanceUntilAsync(_ledger.First.Task);
        await relay.StopAsync(CancellationToken.None);

        Assert.Equal([order.Id], _ledger.Billed);
    }

    [Fact]
    public async Task The_relay_waits_for_an_engine_that_is_away()
    {
        await using TaskTestHost host = await StartAsync();
        var order = new Order { Id = Guid.NewGuid(), Amount = 10 };
        await InScopeAsync(host, db => new Checkout(db, host.Time).BuyAsync(order));
        host.Engine.Faults.Next(EngineOperation.Publish, EngineFault.Fail);

        using OutboxRelay relay = Relay(host);
        await relay.StartAsync(CancellationToken.None);
        await host.Time.AdvanceUntilAsync(_ledger.First.Task);
        await relay.StopAsync(CancellationToken.None);

        Assert.Equal([order.Id], _ledger.Billed);
    }

    [Fact]
    public async Task Without_an_outbox_the_task_follows_the_commit()
    {
        await using TaskTestHost host = await StartAsync();
        var order = new Order { Id = Guid.NewGuid(), Amount = 10 };
        await InScopeAsync(host, db => new SimpleCheckout(db, host.Client<IBilling>()).BuyAsync(order));
        await host.DrainAsync();

        Assert.Equal([order.Id], _ledger.Billed);
    }

    private static OutboxRelay Relay(TaskTestHost host) =>
        new(host.Services.GetRequiredService<IServiceScopeFactory>(), host.Client<IBilling>(), host.Time, NullLogger<OutboxRelay>.Instance);

    private static async Task InScopeAsync(TaskTestHost host, Func<ShopDb, Task> action)
    {
        await using AsyncServiceScope scope = host.Services.CreateAsyncScope();
        await action(scope.ServiceProvider.GetRequiredService<ShopDb>());
    }

    private async Task<TaskTestHost> StartAsync()
    {
        TaskTestHost host = await TaskTestHost.StartAsync(tasks =>
        {
            tasks.Services.AddSingleton(_ledger).AddDbContext<ShopDb>(options => options.UseSqlite($"Data Source={_database}"));
            tasks.AddClient<IBilling>().AddWorker<IBilling, BillingWorker>();
        });
        await InScopeAsync(host, db => db.Database.EnsureCreatedAsync());
        return host;
    }

    internal sealed class Ledger
    {
        public ConcurrentQueue<Guid> Billed { get; } = [];

        public TaskCompletionSource First { get; } = new();
    }

    internal sealed class BillingWorker(Ledger ledger) : IBilling
    {
        public async ValueTask BillAsync(Guid order, TaskContext context) => await context.OnceAsync("bill", _ =>
        {
            ledger.Billed.Enqueue(order);
            ledger.First.TrySetResult();
            return ValueTask.CompletedTask;
        });
    }
}
