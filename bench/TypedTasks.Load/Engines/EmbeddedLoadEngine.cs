using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Embedded;

namespace TypedTasks.Load.Engines;

/// <summary>One engine for the host that produces and the host that works, as it is in one process's memory.</summary>
internal sealed class EmbeddedLoadEngine : LoadEngine
{
    private EmbeddedEngine? _engine;

    public override void Use(TypedTasksBuilder tasks, LoadOptions options) =>
        tasks.UseEngine("embedded", services => _engine ??= new EmbeddedEngine(
            new EmbeddedEngineOptions { MaxTasksPerLane = Room(options) },
            services.GetRequiredService<TimeProvider>()));

    // Disposing of a host would end the engine that the others use.
    public override async ValueTask EndAsync(IHost host) => await host.StopAsync();

    public override async ValueTask DisposeAsync()
    {
        if (_engine is { } engine)
        {
            await engine.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
