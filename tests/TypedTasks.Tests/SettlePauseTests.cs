using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Embedded;
using TypedTasks.Engine;
using TypedTasks.Testing;

namespace TypedTasks.Tests;

/// <summary>Completions that nobody waits for gather where settling is dear; everything else, and whatever is short of room, is settled at once.</summary>
public sealed class SettlePauseTests : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly VirtualTime _time = new();
    private readonly DearEngine _engine;
    private ServiceProvider? _provider;

    public SettlePauseTests() => _engine = new DearEngine(_time.CreateEngine(), Pause);

    [Fact]
    public async Task Completions_without_an_outcome_are_settled_together_after_the_pause()
    {
        ITaskClient<IInvoices> client = await StartAsync();
        for (int i = 0; i < 10; i++)
        {
            await client.CountAsync(i, Guid.Empty, 1);
            await _time.CalmAsync();
        }

        Assert.Equal(45, Handler.Sum);
        Assert.Empty(_engine.Batches);
        await _time.AdvanceAsync(Pause);
        Assert.Equal([10], _engine.Batches);

        // The next one waits for a pause of its own.
        await client.CountAsync(0, Guid.Empty, 1);
        await _time.AdvanceAsync(Pause - TimeSpan.FromMilliseconds(1));
        Assert.Single(_engine.Batches);
        await _time.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal([10, 1], _engine.Batches);
    }

    [Fact]
    public async Task An_outcome_that_is_kept_is_settled_at_once_with_what_waits()
    {
        ITaskClient<IInvoices> client = await StartAsync();
        await client.CountAsync(1, Guid.Empty, 1);
        await _time.CalmAsync();
        TaskHandle<string> task = await client.GenerateAsync(Guid.Empty, 1);
        await _time.CalmAsync();
        Assert.Equal([2], _engine.Batches);
        Assert.NotNull(await task.ResultAsync());
    }

    [Fact]
    public async Task A_window_that_is_half_full_waits_no_longer()
    {
        ITaskClient<IInvoices> client = await StartAsync(concurrency: 2, prefetch: 6);
        for (int i = 0; i < 5; i++)
        {
            await client.CountAsync(i, Guid.Empty, 1);
            await _time.CalmAsync();
        }

        Assert.Equal([5], _engine.Batches);
    }

    [Fact]
    public async Task A_single_slot_without_prefetch_never_waits()
    {
        ITaskClient<IInvoices> client = await StartAsync(concurrency: 1, prefetch: 0);
        await client.CountAsync(1, Guid.Empty, 1);
        await client.CountAsync(2, Guid.Empty, 1);
        await _time.CalmAsync();
        Assert.Equal([1, 1], _engine.Batches);
    }

    [Fact]
    public async Task A_worker_that_stops_settles_what_has_gathered()
    {
        ITaskClient<IInvoices> client = await StartAsync();
        await client.CountAsync(1, Guid.Empty, 1);
        await _time.CalmAsync();
        Assert.Empty(_engine.Batches);
        foreach (IHostedService service in _provider!.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None);
        }

        Assert.Equal([1], _engine.Batches);
    }

    public async ValueTask DisposeAsync()
    {
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }

        await _engine.DisposeAsync();
    }

    private InvoiceHandler Handler { get; } = new();

    private async Task<ITaskClient<IInvoices>> StartAsync(int concurrency = 4, int prefetch = 100)
    {
        var services = new ServiceCollection();
        services.AddSingleton(Handler);
        services.AddTypedTasks(tasks => tasks.UseVirtualTime(_time).UseEngine("dear", _ => _engine).AddClient<IInvoices>().AddWorker<IInvoices, InvoiceHandler>(options =>
        {
            options.Concurrency = concurrency;
            options.Prefetch = prefetch;
        }));
        _provider = services.BuildServiceProvider();
        foreach (IHostedService service in _provider.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }

        return _provider.GetRequiredService<ITaskClient<IInvoices>>();
    }

    /// <summary>An engine to which each settling is dear, and which notes how many were settled together.</summary>
    private sealed class DearEngine(EmbeddedEngine inner, TimeSpan pause) : ForwardingEngine(inner)
    {
        public List<int> Batches { get; } = [];

        public override async ValueTask<ILaneConsumer> ConsumeAsync(Lane lane, LaneConsumerOptions options, CancellationToken cancellationToken) =>
            new Consumer(await Inner.ConsumeAsync(lane, options, cancellationToken), pause, Batches);

        private sealed class Consumer(ILaneConsumer inner, TimeSpan pause, List<int> batches) : ILaneConsumer
        {
            public Lane Lane => inner.Lane;

            public TimeSpan SettlePause => pause;

            public ValueTask<int> ReceiveAsync(Memory<Delivery> destination, CancellationToken cancellationToken) => inner.ReceiveAsync(destination, cancellationToken);

            public ValueTask SettleAsync(ReadOnlyMemory<Settlement> settlements, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
            {
                batches.Add(settlements.Length);
                return inner.SettleAsync(settlements, statuses, cancellationToken);
            }

            public ValueTask RenewAsync(ReadOnlyMemory<Delivery> deliveries, Memory<SettleStatus> statuses, CancellationToken cancellationToken) => inner.RenewAsync(deliveries, statuses, cancellationToken);

            public ValueTask StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
