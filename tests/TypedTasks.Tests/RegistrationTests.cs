using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TypedTasks.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public async Task No_engine() => Assert.Contains("UseEmbedded()", await MistakeOf(tasks => tasks.AddClient<IInvoices>()), StringComparison.Ordinal);

    [Fact]
    public async Task Two_engines() => Assert.Contains("2 engines (embedded, embedded)", await MistakeOf(tasks => tasks.UseEmbedded().UseEmbedded()), StringComparison.Ordinal);

    [Fact]
    public async Task An_engine_that_is_none() => Assert.Contains("'mine' was not made", await MistakeOf(tasks => tasks.UseEngine("mine", _ => null!)), StringComparison.Ordinal);

    [Fact]
    public async Task Two_workers_of_one_contract() => Assert.Contains(
        "'invoices' has 2 workers",
        await MistakeOf(tasks => tasks.UseEmbedded().AddWorker<IInvoices, InvoiceHandler>().AddWorker<IInvoices, InvoiceHandler>()),
        StringComparison.Ordinal);

    [Fact]
    public void A_contract_without_generated_code() => Assert.Contains(
        "[TaskContract]",
        Assert.Throws<TaskConfigurationException>(() => new ServiceCollection().AddTypedTasks(tasks => tasks.AddClient<IDisposable>())).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task Every_contradictory_option_at_once()
    {
        string mistake = await MistakeOf(tasks => tasks.AddWorker<IInvoices, InvoiceHandler>(options =>
        {
            options.Concurrency = 0;
            options.Prefetch = -1;
            options.Lease = TimeSpan.FromSeconds(1);
            options.CancellationGrace = TimeSpan.FromSeconds(-1);
            options.ShutdownGrace = TimeSpan.FromSeconds(-1);
            options.Queue("elsewhere").Concurrency = 1;
        }));

        Assert.All(
            ["There is no engine", "Concurrency is 0", "Prefetch is -1", "Lease is 00:00:01", "CancellationGrace", "ShutdownGrace", "\"elsewhere\""],
            expected => Assert.Contains(expected, mistake, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ServiceLifetime.Scoped)]
    [InlineData(ServiceLifetime.Transient)]
    [InlineData(ServiceLifetime.Singleton)]
    public async Task A_handler_that_lacks_a_service(ServiceLifetime lifetime)
    {
        string mistake = await MistakeOf(tasks => tasks.UseEmbedded().AddWorker<IInvoices, NeedyHandler>(options => options.Lifetime = lifetime));

        Assert.Contains("The handler NeedyHandler of the contract 'invoices' cannot be made", mistake, StringComparison.Ordinal);
        Assert.Contains(nameof(IFormatProvider), mistake, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_registered_well_starts_runs_and_stops()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddTypedTasks(tasks => tasks.UseEmbedded(new() { MaxTasksPerLane = 10 }).AddClient<IInvoices>().AddWorker<IInvoices, InvoiceHandler>());
        using IHost host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        string result = await host.Services.GetRequiredService<ITaskClient<IInvoices>>().Remote.GenerateAsync(Guid.Empty, 1.50m, TestContext.Current.CancellationToken);

        Assert.EndsWith("1.50", result, StringComparison.Ordinal);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> MistakeOf(Action<TypedTasksBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddTypedTasks(configure);
        using IHost host = builder.Build();
        return (await Assert.ThrowsAsync<TaskConfigurationException>(() => host.StartAsync(TestContext.Current.CancellationToken))).Message;
    }

    /// <summary>Takes something that nobody registers.</summary>
    private sealed class NeedyHandler(IFormatProvider format) : IInvoices
    {
        public ValueTask<string> GenerateAsync(Guid orderId, decimal amount, CancellationToken cancellationToken) => new(amount.ToString(format));

        public ValueTask CountAsync(int number, Guid id, decimal amount) => default;

        public ValueTask<string> OnceAsync(Guid orderId) => new("once");
    }
}
