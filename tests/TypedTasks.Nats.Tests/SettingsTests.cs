using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Conformance.Worker;
using TypedTasks.Nats.Authentication;
using TypedTasks.Nats.JetStream;
using TypedTasks.Nats.Tests.Faults;
using TypedTasks.TestServers;

namespace TypedTasks.Nats.Tests;

/// <summary>Options from configuration: every key, every mistake at once, and no secret in a message.</summary>
public sealed class SettingsTests
{
    private const string Seed = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY";

    [Fact]
    public void Every_option_is_read()
    {
        (NatsEngineOptions options, List<string> mistakes) = Read("""
            {
              "Servers": ["nats://one:4222", "tls://two"], "ConnectionName": "shop", "DiscoverServers": false, "Prefix": "shop.tasks", "InboxPrefix": "_INBOX_shop",
              "Domain": "leaf", "Replicas": 3, "Storage": "memory", "MaxTasksPerQueue": 5000000000, "MaxBytesPerQueue": 2048, "MaxInFlightPerLane": 77,
              "DuplicateWindow": "1m", "PublishTimeout": "00:00:20", "RequestTimeout": "1.5s", "ConnectTimeout": "700ms", "PingInterval": "3s", "MaxReconnectDelay": "9s",
              "MaxPendingCalls": 100, "MaxPendingBytes": 2097152, "MaxRetention": "2d", "MaxOutcomeLength": 4096,
              "Tls": { "RequireTls": true, "HandshakeFirst": "True", "TargetHost": "nats.example" }
            }
            """);

        Assert.Empty(mistakes);
        Assert.Equal(["nats://one:4222", "tls://two"], options.Servers);
        Assert.Equal(("shop", false, "shop.tasks", "_INBOX_shop", "leaf"), (options.ConnectionName, options.DiscoverServers, options.Prefix, options.InboxPrefix, options.Domain));
        Assert.Equal((3, NatsStorage.Memory, 5_000_000_000, 2048, 77), (options.Replicas, options.Storage, options.MaxTasksPerQueue, options.MaxBytesPerQueue, options.MaxInFlightPerLane));
        Assert.Equal([60, 20, 1.5, 0.7, 3, 9, 172_800], new[]
        {
            options.DuplicateWindow, options.PublishTimeout, options.RequestTimeout, options.ConnectTimeout, options.PingInterval, options.MaxReconnectDelay, options.MaxRetention,
        }.Select(span => span.TotalSeconds));
        Assert.Equal((100, 2097152, 4096), (options.MaxPendingCalls, options.MaxPendingBytes, options.MaxOutcomeLength));
        Assert.Equal((true, true, "nats.example"), (options.Tls.RequireTls, options.Tls.HandshakeFirst, options.Tls.TargetHost));
    }

    [Fact]
    public void Every_option_has_a_key()
    {
        // One that is added to the options and forgotten here would be an unknown key.
        string[] names = [.. typeof(NatsEngineOptions).GetProperties().Select(property => property.Name)];
        (_, List<string> mistakes) = Read("""{ "Nonsense": 1 }""");

        Assert.All(names, name => Assert.Contains(name, Assert.Single(mistakes), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "User": "joe", "Password": "s3cr3t" }""")]
    [InlineData("""{ "Token": "s3cr3t" }""")]
    [InlineData($$"""{ "NKeySeed": "{{Seed}}" }""")]
    [InlineData("""{ "CredentialsFile": "/run/secrets/nats.creds" }""")]
    public void Each_kind_of_credentials_is_read(string credentials)
    {
        (NatsEngineOptions options, List<string> mistakes) = Read($$"""{ "Servers": "nats://one", "Authentication": {{credentials}} }""");

        Assert.Empty(mistakes);
        Assert.IsAssignableFrom<NatsAuthentication>(options.Authentication);
    }

    [Theory]
    [InlineData("""{ "User": "joe" }""", "User and Password")]
    [InlineData("""{ "User": "joe", "Password": "s3cr3t", "Token": "s3cr3t" }""", "one of")]
    [InlineData("""{ "NKeySeed": "SUs3cr3t" }""", "NKeySeed")]
    [InlineData("""{ "Passwort": "s3cr3t" }""", "Authentication:Passwort is not a setting")]
    public void Credentials_that_cannot_be_are_named_and_not_shown(string credentials, string named)
    {
        (_, List<string> mistakes) = Read($$"""{ "Servers": "nats://one", "Authentication": {{credentials}} }""");

        string all = string.Join('\n', mistakes);
        Assert.Contains("TypedTasks:Nats:Authentication", all, StringComparison.Ordinal);
        Assert.Contains(named, all, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", all, StringComparison.Ordinal);
    }

    [Fact]
    public void Certificates_are_read_from_files_and_their_lack_is_named()
    {
        using TestCertificates certificates = TestCertificates.Create();
        (NatsEngineOptions options, List<string> mistakes) = Read($$"""
            { "Servers": "tls://one", "Tls": { "TrustedRootsFile": "{{certificates.AuthorityFile}}", "ClientCertificateFile": "{{certificates.ClientFile}}", "ClientKeyFile": "{{certificates.ClientKeyFile}}" } }
            """);
        Assert.Empty(mistakes);
        Assert.Single(options.Tls.TrustedRoots!);
        Assert.True(options.Tls.ClientCertificate!.HasPrivateKey);

        (_, mistakes) = Read("""{ "Servers": "tls://one", "Tls": { "TrustedRootsFile": "/no/such/file", "ClientKeyFile": "/no/such/key" } }""");
        Assert.Equal(2, mistakes.Count);
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once()
    {
        TaskConfigurationException error = Assert.Throws<TaskConfigurationException>(() => Use("""
            { "Replicas": "many", "Storage": "tape", "PublishTimeout": 10, "Prefix": "a b", "Servres": "nats://one", "DiscoverServers": { "Deep": 1 }, "MaxPendingCalls": 1 }
            """));

        Assert.All(
            ["TypedTasks:Nats:Replicas is 'many'", "TypedTasks:Nats:Storage is 'tape'", "TypedTasks:Nats:PublishTimeout is '10'", "Prefix 'a b'", "TypedTasks:Nats:Servres is not a setting",
                "TypedTasks:Nats:DiscoverServers is a section", "MaxPendingCalls 1", "TypedTasks:Nats:Servers names no server"],
            mistake => Assert.Contains(mistake, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_section_that_is_missing_is_named()
    {
        TaskConfigurationException error = Assert.Throws<TaskConfigurationException>(() =>
            new ServiceCollection().AddTypedTasks(tasks => tasks.UseNats(new ConfigurationManager())));

        Assert.Contains("TypedTasks:Nats:Servers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_is_none_is_named_where_it_is_registered()
    {
        TaskConfigurationException error = Assert.Throws<TaskConfigurationException>(() =>
            new ServiceCollection().AddTypedTasks(tasks => tasks.UseNats("http://joe:s3cr3t@localhost:4222", options => options.Replicas = 0)));

        Assert.Contains("@localhost:4222' is no address of a NATS server", error.Message, StringComparison.Ordinal);
        Assert.Contains("Replicas 0", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_configured_connects()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using ServiceProvider services = Use($$"""{ "Servers": ["{{server.Url}}"], "Prefix": "configured" }""").BuildServiceProvider();

        await services.GetRequiredService<ITaskClient<IProbe>>().NoteAsync("configured");

        await using NatsEngine observer = EngineHarness.NewEngine(server.Port, options => options.Prefix = "configured");
        await observer.StartAsync([], CancellationToken.None);
        Assert.Contains(ProbeTasks.NoteArguments.Task.Lane, await observer.Administration.ListLanesAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Where_nothing_is_kept_for_a_week_tasks_can_be_cancelled_all_the_same()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using ServiceProvider services = Use($$"""{ "Servers": ["{{server.Url}}"], "MaxRetention": "1h" }""").BuildServiceProvider();
        TaskHandle<string> task = await services.GetRequiredService<ITaskClient<IProbe>>().RunAsync("not today");

        Assert.True(await task.CancelAsync());
    }

    private static (NatsEngineOptions Options, List<string> Mistakes) Read(string json)
    {
        var options = new NatsEngineOptions();
        return (options, NatsSettings.Read(Configuration(json).GetSection("TypedTasks:Nats"), options));
    }

    private static ServiceCollection Use(string json)
    {
        var services = new ServiceCollection();
        services.AddTypedTasks(tasks => tasks.UseNats(Configuration(json)).AddClient<IProbe>());
        return services;
    }

    private static IConfiguration Configuration(string json) => new ConfigurationBuilder()
        .AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{ "TypedTasks": { "Nats": {{json}} } }"""))).Build();
}
