using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using TypedTasks.Testing;
using YamlDotNet.RepresentationModel;

namespace Recipes.Deployment;

[TaskContract("previews")]
public interface IPreviews
{
    [Task]
    [Idempotent(Key = nameof(picture))]
    ValueTask DrawAsync(string picture);
}

public static class DeployedWorker
{
    public static HostApplicationBuilder AddDeployedWorker(this HostApplicationBuilder builder, Action<TypedTasksBuilder> engine)
    {
        builder.Services.AddTypedTasks(tasks =>
        {
            engine(tasks);
            tasks.AddWorker<IPreviews, PreviewWorker>(worker => worker.ShutdownGrace = TimeSpan.FromSeconds(45));
        });

        // Longer than the worker's grace, shorter than the cluster's: 45 s < 55 s < 60 s.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(55));

        // A worker has no port to be asked on: while it is well, it touches a file, and the probe looks how old that is.
        builder.Services.AddSingleton<IHealthCheckPublisher>(new HealthFile(builder.Configuration["HealthFile"] ?? "/tmp/healthy"));
        builder.Services.Configure<HealthCheckPublisherOptions>(options => options.Period = TimeSpan.FromSeconds(15));
        builder.Services.AddHealthChecks().AddCheck<TypedTasksHealthCheck>("typedtasks");
        return builder;
    }
}

public sealed class HealthFile(string path) : IHealthCheckPublisher
{
    public async Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        // Degraded is no reason to be killed: all slots are busy, and a restart would only begin their tasks anew.
        if (report.Status != HealthStatus.Unhealthy)
        {
            await File.WriteAllTextAsync(path, report.Status.ToString(), cancellationToken);
        }
    }
}

public sealed class PreviewWorker : IPreviews
{
    public ValueTask DrawAsync(string picture) => ValueTask.CompletedTask;
}

public sealed partial class DeploymentTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "samples", "Recipes", "deployment.md"));

    [Fact]
    public async Task A_worker_that_is_well_touches_its_file_and_one_that_is_not_does_not()
    {
        string file = Path.GetTempFileName();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["HealthFile"] = file;
        using IHost host = builder.AddDeployedWorker(tasks => tasks.UseEmbedded()).Build();
        await host.StartAsync();

        HealthReport well = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        IHealthCheckPublisher publisher = Assert.Single(host.Services.GetServices<IHealthCheckPublisher>());
        await publisher.PublishAsync(well, CancellationToken.None);
        Assert.Equal("Healthy", await File.ReadAllTextAsync(file));

        await File.WriteAllTextAsync(file, "untouched");
        await publisher.PublishAsync(new HealthReport(new Dictionary<string, HealthReportEntry>(), HealthStatus.Unhealthy, TimeSpan.Zero), CancellationToken.None);
        Assert.Equal("untouched", await File.ReadAllTextAsync(file));
        await host.StopAsync();
        File.Delete(file);
    }

    [Fact]
    public void Each_grace_is_shorter_than_the_one_around_it()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings()).AddDeployedWorker(tasks => tasks.UseEmbedded());
        using IHost host = builder.Build();
        var grace = new WorkerOptions();
        TimeSpan shutdown = host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<HostOptions>>().Value.ShutdownTimeout;
        int cluster = int.Parse(Termination().Match(Page).Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);

        Assert.True(grace.ShutdownGrace < TimeSpan.FromSeconds(45), "The page sets a grace that is longer than the usual one.");
        Assert.Equal(TimeSpan.FromSeconds(55), shutdown);
        Assert.True(TimeSpan.FromSeconds(cluster) > shutdown);
    }

    // The autoscaler's query is made of a metric and tags that exist.
    [Fact]
    public async Task The_metric_of_the_page_is_one_that_a_worker_has()
    {
        var tags = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == TypedTasksTelemetry.MeterName && instrument.Name == "typedtasks.lane.depth")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, measured, _) =>
        {
            foreach (KeyValuePair<string, object?> tag in measured)
            {
                tags.TryAdd($"{tag.Key}={tag.Value}", instrument.Name);
            }
        });
        listener.Start();
        await using TaskTestHost host = await TaskTestHost.StartAsync(tasks => tasks.AddClient<IPreviews>().AddWorker<IPreviews, PreviewWorker>());

        // The first collection has none: it asks the engine in the background.
        const string Lane = "messaging.destination.name=default/previews";
        for (int round = 0; !tags.ContainsKey(Lane) && round < 1_000; round++)
        {
            listener.RecordObservableInstruments();
            await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Contains(Lane, tags.Keys);
        Assert.Contains("typedtasks.state=ready", tags.Keys);
        MatchCollection queries = Query().Matches(Page);
        Assert.NotEmpty(queries);
        Assert.All(queries, query => Assert.Equal(tags[Lane].Replace('.', '_'), query.Groups["metric"].Value));
    }

    [Fact]
    public void The_manifests_are_yaml_and_fit_together()
    {
        YamlMappingNode[] manifests = [.. Blocks().Matches(Page).SelectMany(block => Parse(block.Groups[1].Value))];
        Assert.Equal(["Deployment", null, "HorizontalPodAutoscaler"], manifests.Select(manifest => Find(manifest, "kind")));
        (YamlMappingNode deployment, YamlMappingNode rules, YamlMappingNode scaler) = (manifests[0], manifests[1], manifests[2]);

        Assert.Equal("apps/v1", Find(deployment, "apiVersion"));
        Assert.Equal(Find(deployment, "spec", "selector", "matchLabels", "app"), Find(deployment, "spec", "template", "metadata", "labels", "app"));
        Assert.Equal("60", Find(deployment, "spec", "template", "spec", "terminationGracePeriodSeconds"));
        Assert.Equal(["sh", "-c", "test -n \"$(find /tmp/healthy -mmin -2)\""], Items(deployment, "spec", "template", "spec", "containers", "0", "livenessProbe", "exec", "command"));

        Assert.Equal("autoscaling/v2", Find(scaler, "apiVersion"));
        Assert.Equal(
            (Find(deployment, "apiVersion"), Find(deployment, "kind"), Find(deployment, "metadata", "name")),
            (Find(scaler, "spec", "scaleTargetRef", "apiVersion"), Find(scaler, "spec", "scaleTargetRef", "kind"), Find(scaler, "spec", "scaleTargetRef", "name")));
        Assert.Equal(Find(rules, "rules", "external", "0", "name", "as"), Find(scaler, "spec", "metrics", "0", "external", "metric", "name"));
    }

    // The names that the manifest gives to the process are settings that the engine reads.
    [Fact]
    public void The_environment_of_the_manifest_configures_the_engine()
    {
        YamlMappingNode deployment = Parse(Blocks().Matches(Page)[0].Groups[1].Value).Single();
        var environment = (YamlSequenceNode)Node(deployment, "spec", "template", "spec", "containers", "0", "env")!;
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(environment.Select(variable => KeyValuePair.Create<string, string?>(Find(variable, "name")!.Replace("__", ":", StringComparison.Ordinal), Find(variable, "value") ?? "secret")))
            .Build();

        ServiceCollection services = [];
        Assert.Equal("nats", configuration["TypedTasks:Engine"]);
        services.AddLogging().AddTypedTasks(tasks => tasks.UseNats(configuration).AddWorker<IPreviews, PreviewWorker>());
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.NotEmpty(provider.GetServices<IHostedService>());
    }

    private static IEnumerable<YamlMappingNode> Parse(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return yaml.Documents.Select(document => (YamlMappingNode)document.RootNode);
    }

    private static string? Find(YamlNode node, params string[] path) => (Node(node, path) as YamlScalarNode)?.Value;

    private static IEnumerable<string?> Items(YamlNode node, params string[] path) => ((YamlSequenceNode)Node(node, path)!).Select(item => ((YamlScalarNode)item).Value);

    // A number is a place in a list.
    private static YamlNode? Node(YamlNode node, params string[] path) => path.Aggregate((YamlNode?)node, (found, step) =>
        found is YamlSequenceNode items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]
        : found is YamlMappingNode map && map.Children.TryGetValue(step, out YamlNode? child) ? child : null);

    [GeneratedRegex(@"terminationGracePeriodSeconds: (\d+)")]
    private static partial Regex Termination();

    [GeneratedRegex(@"(?<metric>typedtasks_\w+)\{typedtasks_state=""ready"",messaging_destination_name=""[a-z-]+/[a-z-]+""\}")]
    private static partial Regex Query();

    [GeneratedRegex(@"```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
