using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop;
using TypedTasks;

SampleOptions? options;
IReadOnlyList<Order> orders;
try
{
    options = SampleOptions.Parse(args);
    if (options is null)
    {
        Console.WriteLine(SampleOptions.Usage);
        return 0;
    }

    orders = OrderFile.Read(options.OrdersPath);
}
catch (InvalidDataException mistake)
{
    Console.Error.WriteLine(mistake.Message);
    return 2;
}

HostApplicationBuilder builder = Host.CreateApplicationBuilder();

// The report sums retries and dead letters up; a service would log them as they happen. A server that is not there is said below.
builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None).AddFilter("TypedTasks", options.IsVerbose ? LogLevel.Information : LogLevel.None);

// A producer is a host with a client, a worker one with a handler; this one is both, unless told otherwise.
builder.Services.AddTypedTasks(tasks => tasks.UseEngineOf(options).AddClient<IInvoices>());
if (options.IsProducer)
{
    builder.Services.AddSingleton<Checkout>().AddSingleton<Walkthrough>();
}

if (options.IsWorker)
{
    builder.Services
        .AddSingleton(new TaxService(orders))
        .AddSingleton<InvoiceBook>()
        .AddTypedTasks(tasks => tasks.AddWorker<IInvoices, InvoiceWorker>(worker => worker.Lifetime = ServiceLifetime.Singleton));
}

using IHost host = builder.Build();
try
{
    await host.StartAsync();
    return await (options.IsProducer ? ProduceAsync() : WorkAsync());
}
catch (TaskException error) when (options.Engine != "embedded")
{
    Console.Error.WriteLine($"{error.Message}\n{ServerEngines.HowToStart(options)}");
    return 2;
}

async Task<int> ProduceAsync()
{
    // Ctrl+C ends the run; so does a time limit, because a sample that hangs teaches nothing.
    using var limit = CancellationTokenSource.CreateLinkedTokenSource(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
    limit.CancelAfter(TimeSpan.FromSeconds(options.Engine == "embedded" ? 25 : 120));
    try
    {
        // A server remembers the orders of earlier runs, and would recognise every one of them: there, each run has orders of its own.
        bool isShared = options.Engine != "embedded";
        IReadOnlyList<Order> own = isShared ? OrderFile.WithIdsOf(Guid.NewGuid(), orders) : orders;
        return (await host.Services.GetRequiredService<Walkthrough>().RunAsync(own, isShared, limit.Token)).Close();
    }
    catch (OperationCanceledException)
    {
        Console.Error.WriteLine(options.IsWorker ? "The run was stopped before it was done." : "The run was stopped before it was done. Is a worker running? (--role worker)");
        return 1;
    }
    finally
    {
        await host.StopAsync();
    }
}

async Task<int> WorkAsync()
{
    Console.WriteLine($"Working on {options.Engine} at {options.Url}. Ctrl+C ends it.");
    await host.WaitForShutdownAsync();
    InvoiceBook book = host.Services.GetRequiredService<InvoiceBook>();
    Console.WriteLine($"Issued {book.Invoices.Count} invoices, sent {book.Reminders.Count} reminders, counted {book.Views:N0} views.");
    return 0;
}
