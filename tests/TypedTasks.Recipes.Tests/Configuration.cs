using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Embedded;
using TypedTasks.Nats;
using TypedTasks.Redis;

namespace Recipes.Configuration;

[TaskContract("newsletters")]
public interface INewsletters
{
    [Task(Queue = Queues.Bulk)]
    [Idempotent(Key = "{letter}:{reader}")]
    ValueTask SendAsync(Guid letter, Guid reader, TaskContext context = null!);

    [Task(Queue = Queues.Urgent)]
    [Idempotent(Key = nameof(reader))]
    ValueTask ConfirmAsync(Guid reader, TaskContext context = null!);
}

public static class Queues
{
    // Few at once, for the mail server's sake; many fetched ahead, for each takes milliseconds.
    [TaskQueue(Concurrency = 4, Prefetch = 64)] public const string Bulk = "bulk";

    // Only what can run at once is fetched: nothing urgent waits behind something slow.
    [TaskQueue(Prefetch = 0)] public const string Urgent = "urgent";
}

public static class NewsletterHost
{
    public static HostApplicationBuilder AddNewsletters(this HostApplicationBuilder builder)
    {
        ConfigurationManager settings = builder.Configuration;
        builder.Services.AddTypedTasks(tasks =>
        {
            switch (settings["TypedTasks:Engine"])
            {
                case "nats":
                    tasks.UseNats(settings);                            // the section TypedTasks:Nats
                    break;
                case "redis":
                    tasks.UseRedis(settings);                           // the section TypedTasks:Redis
                    break;
                default:
                    tasks.UseEmbedded(new EmbeddedEngineOptions { MaxTasksPerLane = 10_000 });
                    break;
            }

            tasks.AddClient<INewsletters>().AddWorker<INewsletters, NewsletterWorker>(worker =>
            {
                worker.Lease = TimeSpan.FromSeconds(20);                // how soon another worker has the tasks of one that died
                worker.ShutdownGrace = TimeSpan.FromSeconds(45);        // how long handlers may take to finish when the host stops
                worker.Lifetime = ServiceLifetime.Singleton;            // one handler for all attempts, instead of a scope and a handler for each
                worker.Queue(Queues.Bulk).Concurrency = settings.GetValue("Newsletters:Concurrency", 4);
            });
        });

        // The host's own patience must be longer than the worker's, or it ends the grace early.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(60));
        return builder;
    }
}

public sealed class NewsletterWorker(IMail mail) : INewsletters
{
    public async ValueTask SendAsync(Guid letter, Guid reader, TaskContext context) =>
        await context.OnceAsync("mail", async cancellationToken => await mail.SendAsync(reader, $"letter {letter}", cancellationToken));

    public async ValueTask ConfirmAsync(Guid reader, TaskContext context) =>
        await context.OnceAsync("mail", async cancellationToken => await mail.SendAsync(reader, "welcome", cancellationToken));
}

public interface IMail
{
    ValueTask SendAsync(Guid reader, string text, CancellationToken cancellationToken);
}

public sealed class ConfigurationTests
{
    [Fact]
    public async Task The_host_runs_on_the_embedded_engine()
    {
        var mail = new Mail();
        HostApplicationBuilder builder = Builder([]);
        builder.Services.AddSingleton<IMail>(mail);
        using IHost host = builder.AddNewsletters().Build();
        await host.StartAsync();

        TaskHandle<NoResult> task = await host.Services.GetRequiredService<ITaskClient<INewsletters>>().ConfirmAsync(Guid.NewGuid());
        await task.ResultAsync(TimeSpan.FromMinutes(2));
        await host.StopAsync();

        Assert.Equal("welcome", Assert.Single(mail.Sent));
    }

    [Theory]
    [InlineData("nats")]
    [InlineData("redis")]
    public void The_settings_of_the_page_are_read(string engine)
    {
        HostApplicationBuilder builder = Builder([$"--TypedTasks:Engine={engine}"]);
        string page = File.ReadAllText(Path.Combine(Repository.Root, "samples", "Recipes", "configuration.md"));
        string json = page.Split("```json\n")[1].Split("```")[0];
        builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json)));
        builder.Configuration.AddInMemoryCollection([new("TypedTasks:Engine", engine)]);
        builder.Services.AddSingleton<IMail>(new Mail());

        using IHost host = builder.AddNewsletters().Build();

        Assert.NotNull(host.Services.GetRequiredService<ITaskClient<INewsletters>>());
    }

    [Fact]
    public void Every_mistake_is_named_at_once()
    {
        TaskConfigurationException wrong = Assert.Throws<TaskConfigurationException>(() =>
            Builder(["--TypedTasks:Engine=nats", "--TypedTasks:Nats:Replica=3", "--TypedTasks:Nats:PublishTimeout=soon"]).AddNewsletters());

        Assert.All(["TypedTasks:Nats:Replica", "TypedTasks:Nats:PublishTimeout", "Servers"], part => Assert.Contains(part, wrong.Message, StringComparison.Ordinal));
    }

    private static HostApplicationBuilder Builder(string[] args) => Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { Args = args });

    private sealed class Mail : IMail
    {
        public List<string> Sent { get; } = [];

        public ValueTask SendAsync(Guid reader, string text, CancellationToken cancellationToken)
        {
            Sent.Add(text);
            return ValueTask.CompletedTask;
        }
    }
}
