using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Embedded;
using TypedTasks.Nats;
using TypedTasks.Redis;
using TypedTasks.Testing;

namespace Recipes.TwoProcesses;

// Shop.Contracts, a class library: contracts, their types, their queues, and where the tasks are kept.
[TaskContract("thumbnails")]
public interface IThumbnails
{
    [Task(Queue = Queues.Pictures, TimeLimit = "2m")]
    [Idempotent]
    ValueTask<PictureSize> DrawAsync(string picture, int width, CancellationToken cancellationToken = default);
}

public sealed record PictureSize(int Width, int Height);

public static class Queues
{
    // The web site enqueues here and has no worker for it: the workers are another program.
    [TaskQueue(External = true)] public const string Pictures = "pictures";
}

public static class ShopTasks
{
    public static TypedTasksBuilder UseShopEngine(this TypedTasksBuilder tasks, IConfiguration configuration) => configuration["TypedTasks:Engine"] switch
    {
        "nats" => tasks.UseNats(configuration),                         // section TypedTasks:Nats
        "redis" => tasks.UseRedis(configuration),                       // section TypedTasks:Redis
        string other => throw new InvalidOperationException($"TypedTasks:Engine is '{other}'; it is nats or redis."),
        null => tasks.UseNats("nats://localhost:4222"),
    };
}

// Shop.Web, the producer: a client, no worker.
public static class Web
{
    public static IHost Create(string[] args)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
        builder.Services
            .AddSingleton<Gallery>()
            .AddTypedTasks(tasks => tasks
                .UseShopEngine(builder.Configuration)
                .AddClient<IThumbnails>());
        return builder.Build();
    }
}

public sealed class Gallery(ITaskClient<IThumbnails> thumbnails)
{
    public async Task<TaskId> AddAsync(string picture) => (await thumbnails.DrawAsync(picture, 200)).Id;
}

// Shop.Worker: a worker, and no client unless its handlers enqueue.
public static class Worker
{
    public static IHost Create(string[] args)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddTypedTasks(tasks => tasks
            .UseShopEngine(builder.Configuration)
            .AddWorker<IThumbnails, ThumbnailWorker>(worker => worker.Concurrency = 4));
        return builder.Build();
    }
}

public sealed class ThumbnailWorker : IThumbnails
{
    public async ValueTask<PictureSize> DrawAsync(string picture, int width, CancellationToken cancellationToken)
    {
        byte[] pixels = await File.ReadAllBytesAsync(picture, cancellationToken);

        // Writes a whole file under its name: done twice, it is the same file.
        await File.WriteAllBytesAsync($"{picture}.{width}", pixels, cancellationToken);
        return new PictureSize(width, width * 3 / 4);
    }
}

public sealed class TwoProcessesTests
{
    // Nothing listens there: both hosts are built and not started, which finds every mistake in the registration but asks no server.
    [Theory]
    [InlineData("nats", "--TypedTasks:Nats:Servers:0=nats://localhost:1")]
    [InlineData("redis", "--TypedTasks:Redis:ConnectionString=localhost:1")]
    public void Both_are_built_from_configuration(string engine, string server)
    {
        string[] args = [$"--TypedTasks:Engine={engine}", server];
        using IHost web = Web.Create(args);
        using IHost worker = Worker.Create(args);

        Assert.NotNull(web.Services.GetRequiredService<Gallery>());
        Assert.NotEmpty(worker.Services.GetServices<IHostedService>());
    }

    [Fact]
    public void An_engine_that_does_not_exist_is_told() =>
        Assert.Contains("celery", Assert.Throws<InvalidOperationException>(() => Web.Create(["--TypedTasks:Engine=celery"])).Message, StringComparison.Ordinal);

    // The two programs, on one engine in one process.
    [Fact]
    public async Task What_one_enqueues_the_other_runs()
    {
        string picture = Path.GetTempFileName();
        await using var engine = new EmbeddedEngine(new EmbeddedEngineOptions(), TimeProvider.System);
        await using ServiceProvider web = Services(tasks => Share(tasks, engine).AddClient<IThumbnails>());
        await using ServiceProvider worker = Services(tasks => Share(tasks, engine).AddWorker<IThumbnails, ThumbnailWorker>());
        IHostedService running = Assert.Single(worker.GetServices<IHostedService>());
        await running.StartAsync(CancellationToken.None);

        TaskHandle<PictureSize> task = await web.GetRequiredService<ITaskClient<IThumbnails>>().DrawAsync(picture, 200);

        Assert.Equal(new PictureSize(200, 150), await task.ResultAsync(TimeSpan.FromMinutes(2)));
        Assert.True(File.Exists($"{picture}.200"));
        await running.StopAsync(CancellationToken.None);
        File.Delete(picture);
        File.Delete($"{picture}.200");
    }

    private static TypedTasksBuilder Share(TypedTasksBuilder tasks, EmbeddedEngine engine) =>
        tasks.UseEngine("shared", _ => new FaultyEngine(engine, ownsInner: false));

    private static ServiceProvider Services(Action<TypedTasksBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddTypedTasks(configure);
        return services.BuildServiceProvider();
    }
}
