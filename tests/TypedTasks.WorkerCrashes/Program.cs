using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedTasks;
using TypedTasks.Conformance.Worker;
using TypedTasks.WorkerCrashes;

// A worker that is there to be killed. It notes each run in a file of its own before it goes on, and ends when its standard input does:
// so it does not outlive the test that started it.
string engine = args[0], address = args[1], notes = args[2];
var slowness = TimeSpan.FromMilliseconds(int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture));
var stage = new Stage(TimeProvider.System);
var gate = new Lock();
using var file = new FileStream(notes, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
stage.On("effect", async (context, token) =>
{
    byte[] line = System.Text.Encoding.ASCII.GetBytes($"{context.Id}\n");
    lock (gate)
    {
        file.Write(line);
    }

    await Task.Delay(slowness, token);
    return $"{Environment.ProcessId} {Guid.NewGuid()}";
});

HostApplicationBuilder builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders();
builder.Services.AddSingleton(stage).AddTypedTasks(tasks => tasks.UseServer(engine, address).AddWorker<IProbe, ProbeHandler>(options =>
{
    options.Concurrency = 4;
    options.Lifetime = ServiceLifetime.Singleton;
    options.Lease = TimeSpan.FromSeconds(2);
    options.CancellationGrace = TimeSpan.FromSeconds(1);
    options.ShutdownGrace = TimeSpan.FromSeconds(1);
}));
using IHost host = builder.Build();
await host.StartAsync();
await Console.In.ReadToEndAsync();
await host.StopAsync();
