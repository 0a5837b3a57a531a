using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Conformance.Worker;
using TypedTasks.TestServers;

namespace TypedTasks.Redis.Tests;

/// <summary>Options from configuration: every key, every mistake at once, and no secret in a message.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Every_option_is_read()
    {
        (RedisEngineOptions options, List<string> mistakes) = Read("""
            {
              "Endpoints": ["one", "two:7000"], "ServiceName": "primary", "User": "joe", "Password": "s3cr3t", "Ssl": true, "SslHost": "redis.example", "DefaultDatabase": 3,
              "ClientName": "shop", "KeyPrefix": "shop", "ConnectTimeout": "700ms", "CommandTimeout": "00:00:02", "KeepAlive": "3s", "MaxTasksPerLane": 77, "PublishTimeout": "1m",
              "MaxEnvelopeLength": 2048, "MaxOutcomeLength": 4096, "MaxInFlight": 100, "MaxInFlightBytes": 5000000000
            }
            """);

        Assert.Empty(mistakes);
        Assert.Equal(["one:26379", "two:7000"], options.Endpoints);
        Assert.Equal(("primary", "joe", "s3cr3t", true, "redis.example", 3), (options.ServiceName, options.User, options.Password, options.Ssl, options.SslHost, options.DefaultDatabase));
        Assert.Equal(("shop", "shop"), (options.ClientName, options.KeyPrefix));
        Assert.Equal([0.7, 2, 3, 60], new[] { options.ConnectTimeout, options.CommandTimeout, options.KeepAlive, options.PublishTimeout }.Select(span => span.TotalSeconds));
        Assert.Equal((77, 2048, 4096), (options.MaxTasksPerLane, options.MaxEnvelopeLength, options.MaxOutcomeLength));
        Assert.Equal((100, 5_000_000_000), (options.MaxInFlight, options.MaxInFlightBytes));
    }

    [Fact]
    public void Every_option_has_a_key()
    {
        // One that is added to the options and forgotten here would be an unknown key. What only code can give is left out.
        string[] names = [.. typeof(RedisEngineOptions).GetProperties().Select(property => property.Name).Except([nameof(RedisEngineOptions.CertificateValidation)])];
        (_, List<string> mistakes) = Read("""{ "Nonsense": 1 }""");

        Assert.All([.. names, "ConnectionString"], name => Assert.Contains(name, Assert.Single(mistakes), StringComparison.Ordinal));
    }

    [Fact]
    public void A_connection_string_comes_first_and_keys_beside_it_win()
    {
        (RedisEngineOptions options, List<string> mistakes) = Read("""{ "ConnectionString": "host:7000,password=p,keyPrefix=a,defaultDatabase=2", "KeyPrefix": "b" }""");

        Assert.Empty(mistakes);
        Assert.Equal(("host:7000", "p", "b", 2), (Assert.Single(options.Endpoints), options.Password, options.KeyPrefix, options.DefaultDatabase));
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once_and_no_secret()
    {
        TaskConfigurationException error = Assert.Throws<TaskConfigurationException>(() => Use("""
            { "ConnectionString": "host,password=s3cr3t,databse=1", "DefaultDatabase": "three", "KeepAlive": "soon", "Ssl": "yes", "Passwort": "s3cr3t", "KeyPrefix": "a b", "MaxInFlight": 1 }
            """));

        Assert.All(
            ["TypedTasks:Redis:ConnectionString: ", "databse", "TypedTasks:Redis:DefaultDatabase is 'three'", "TypedTasks:Redis:KeepAlive is 'soon'", "TypedTasks:Redis:Ssl is 'yes'",
                "TypedTasks:Redis:Passwort is not a setting", "KeyPrefix must", "MaxInFlight must"],
            mistake => Assert.Contains(mistake, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("s3cr3t", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_that_is_missing_is_named()
    {
        TaskConfigurationException error = Assert.Throws<TaskConfigurationException>(() =>
            new ServiceCollection().AddTypedTasks(tasks => tasks.UseRedis(new ConfigurationManager())));

        Assert.Contains("TypedTasks:Redis:ConnectionString", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_configured_connects()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await using ServiceProvider services = Use($$"""{ "Endpoints": "{{server.Endpoint}}", "KeyPrefix": "configured" }""").BuildServiceProvider();

        await services.GetRequiredService<ITaskClient<IProbe>>().NoteAsync("configured");

        Assert.Equal(1L, await server.CommandAsync("EXISTS", "configured:lanes"));
    }

    [Fact]
    public void Times_without_end_are_named_like_any_other_mistake()
    {
        TaskConfigurationException error = Assert.Throws<TaskConfigurationException>(() => new ServiceCollection().AddTypedTasks(tasks => tasks.UseRedis("localhost", options =>
            options.ConnectTimeout = options.CommandTimeout = options.KeepAlive = options.WaitTimeout = TimeSpan.MaxValue)));

        Assert.All(["ConnectTimeout must", "CommandTimeout must", "KeepAlive must", "WaitTimeout must"], mistake => Assert.Contains(mistake, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(",abortConnect=false", true)]
    public async Task A_host_starts_while_its_server_is_away_where_that_is_said(string option, bool starts)
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await server.KillAsync();
        await using ServiceProvider services = Use($$"""{ "ConnectionString": "{{server.Endpoint}}{{option}}" }""").BuildServiceProvider();
        IHostedService host = Assert.Single(services.GetServices<IHostedService>());
        ITaskClient<IProbe> client = services.GetRequiredService<ITaskClient<IProbe>>();

        Exception? failure = await Record.ExceptionAsync(() => host.StartAsync(CancellationToken.None));
        TaskRejectedException refused = await Assert.ThrowsAsync<TaskRejectedException>(async () => await client.NoteAsync("early"));

        Assert.Equal(starts, failure is null);
        Assert.Equal(TaskRejection.Refused, refused.Reason);
        await server.StartAgainAsync();
        Assert.NotEqual(default, (await UntilAcceptedAsync(client)).Id);
        await host.StopAsync(CancellationToken.None);
    }

    // A try that began before the server did is the one that is joined.
    private static async Task<TaskHandle<NoResult>> UntilAcceptedAsync(ITaskClient<IProbe> client)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await client.NoteAsync("in time");
            }
            catch (TaskRejectedException) when (tries < 100)
            {
            }
        }
    }

    private static (RedisEngineOptions Options, List<string> Mistakes) Read(string json) => RedisSettings.Read(Configuration(json).GetSection("TypedTasks:Redis"));

    private static ServiceCollection Use(string json)
    {
        var services = new ServiceCollection();
        services.AddTypedTasks(tasks => tasks.UseRedis(Configuration(json)).AddClient<IProbe>());
        return services;
    }

    private static IConfiguration Configuration(string json) => new ConfigurationBuilder()
        .AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{ "TypedTasks": { "Redis": {{json}} } }"""))).Build();
}
