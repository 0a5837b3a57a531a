using TypedTasks.Engine;
using TypedTasks.TestServers;

namespace TypedTasks.Redis.Tests.Connection;

/// <summary>A server that will not have us, or that will not do: typed, at start, and naming what to change.</summary>
public sealed class RefusalTests : RedisTest
{
    private const string Users = $"""
        user default off
        user app on >secret ~tt:* &tt:* {RedisUnderTest.LeastRights}
        user reader on >secret ~tt:* &tt:* +@read +@connection +role +info +script|load
        """;

    [Fact]
    public async Task A_password_is_given_or_its_lack_is_named()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(new RedisServerOptions { Password = "secret" });
        await StartAsync($"{server.Endpoint},password=secret");
        await StartAsync($"{server.Endpoint},password=secret,protocol=2");
        await RefusedAsync(server.Endpoint, "password=");
        await RefusedAsync($"{server.Endpoint},password=wrong", "password=");
        await RefusedAsync($"{server.Endpoint},password=wrong,protocol=2", "password=");
        Assert.DoesNotContain(Log.Lines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_ACL_user_needs_no_more_than_the_example_and_less_is_named()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(new RedisServerOptions { AccessControl = Users });
        RedisEngine engine = await StartAsync($"{server.Endpoint},user=app,password=secret");
        await using ILaneConsumer consumer = await ConsumeAsync(engine);
        await PublishAsync(engine, TaskId.New(), "a");
        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(await ReceiveAsync(consumer))));

        TaskException refused = await Assert.ThrowsAnyAsync<TaskException>(() => StartAsync($"{server.Endpoint},user=reader,password=secret"));
        Assert.Contains("NOPERM", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_and_found_when_it_is()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await server.KillAsync();
        RedisEngine engine = Create(server.Endpoint);

        TaskEngineException missing = await Assert.ThrowsAsync<TaskEngineException>(() => engine.StartAsync([Lane], CancellationToken.None).AsTask().WaitAsync(Patience));
        Assert.Contains(server.Endpoint, missing.Message, StringComparison.Ordinal);

        await server.StartAgainAsync();
        await engine.StartAsync([Lane], CancellationToken.None).AsTask().WaitAsync(Patience);
        await PublishAsync(engine, TaskId.New());
    }

    [Fact]
    public async Task A_database_is_chosen()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        RedisEngine engine = await StartAsync($"{server.Endpoint},defaultDatabase=3");
        await PublishAsync(engine, TaskId.New());
        Assert.Contains("db3:keys=", (string)(await server.CommandAsync("INFO", "keyspace"))!, StringComparison.Ordinal);
        await RefusedAsync($"{server.Endpoint},defaultDatabase=99", "defaultDatabase");
    }

    [Fact]
    public async Task TLS_is_used_and_a_certificate_that_nobody_vouches_for_is_refused()
    {
        using TestCertificates certificates = TestCertificates.Create();
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(new RedisServerOptions { Tls = certificates });
        string endpoint = $"{server.Host}:{server.TlsPort},ssl=true";
        RedisEngine engine = await StartAsync(endpoint, options => options with
        {
            CertificateValidation = (_, certificate, _, _) => certificate?.GetCertHashString() == certificates.Server.GetCertHashString(),
        });
        await using ILaneConsumer consumer = await ConsumeAsync(engine);
        await PublishAsync(engine, TaskId.New(), new string('x', 100_000));
        Assert.Equal(100_000, (await ReceiveAsync(consumer)).Envelope.Length);
        TaskEngineException refused = await Assert.ThrowsAsync<TaskEngineException>(() => StartAsync(endpoint));
        Assert.Contains("TLS", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replica_is_refused_by_name()
    {
        await using RedisServerProcess primary = await RedisServerProcess.StartAsync();
        await using RedisServerProcess replica = await RedisServerProcess.StartAsync(new RedisServerOptions { ReplicaOf = primary });
        TaskEngineException refused = await Assert.ThrowsAsync<TaskEngineException>(() => StartAsync(replica.Endpoint));
        Assert.Contains("read-only replica", refused.Message, StringComparison.Ordinal);

        // Given both, it finds the one that will do.
        await PublishAsync(await StartAsync($"{replica.Endpoint},{primary.Endpoint}"), TaskId.New());
    }

    [Fact]
    public async Task Settings_that_lose_tasks_are_warned_of_with_their_consequence()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(new RedisServerOptions { AppendOnly = AppendOnly.No, MaxMemoryPolicy = "volatile-lru" });
        await StartAsync(server.Endpoint);
        Assert.Contains(Log.Lines, line => line.Contains("appendonly yes", StringComparison.Ordinal));
        Assert.Contains(Log.Lines, line => line.Contains("maxmemory-policy noeviction", StringComparison.Ordinal));
    }

    [Fact]
    public void A_good_server_gives_no_warning_and_a_bare_one_far_away_does()
    {
        const string Good = "aof_enabled:1\r\nmaxmemory_policy:noeviction\r\nconnected_slaves:0\r\n";
        Assert.Empty(Redis.Streams.StartChecks.Findings(Good, "everysec", new RedisEngineOptions(), new Redis.Connection.RedisEndpoint("127.0.0.1", 1)));
        Assert.Contains("TLS", Assert.Single(Redis.Streams.StartChecks.Findings(Good, "always", new RedisEngineOptions(), new Redis.Connection.RedisEndpoint("10.0.0.1", 1))), StringComparison.Ordinal);
        Assert.Contains("lanes", Assert.Single(Redis.Streams.StartChecks.Findings(Good.Replace("noeviction", "allkeys-lru", StringComparison.Ordinal), null, new RedisEngineOptions(), new Redis.Connection.RedisEndpoint("localhost", 1))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_said_at_once()
    {
        TaskEngineException refused = await Assert.ThrowsAsync<TaskEngineException>(() => StartAsync("127.0.0.1:1"));
        Assert.Contains("127.0.0.1:1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_cut_at_any_byte_of_the_start_is_made_again_or_ends_typed()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        await StartAsync($"127.0.0.1:{proxy.Port}");
        int answers = (int)proxy.ToClient.BytesForwarded;
        int started = 0;
        for (int at = 0; at < answers; at += Math.Max(1, answers / 60))
        {
            proxy.ToClient.CutAfter(at);
            try
            {
                await StartAsync($"127.0.0.1:{proxy.Port}");
                started++;
            }
            catch (TaskEngineException)
            {
            }

            proxy.Heal();
        }

        Assert.True(started > 0, "No cut was survived.");
    }

    [Fact]
    public async Task A_server_that_is_loading_its_data_is_waited_for()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(new RedisServerOptions { Configuration = "key-load-delay 500" });
        await server.CommandAsync("EVAL", "for i = 1, 4000 do redis.call('SET', 'key' .. i, 'value') end", "0");

        // Two seconds of loading, and the engine is there before them.
        await server.KillAsync();
        Task again = server.StartAgainAsync();
        RedisEngine? engine = null;
        Assert.True(await UntilAsync(() => TryStart() || again.IsCompleted), "The server did not start.");
        await again;

        Assert.NotNull(engine);

        bool TryStart()
        {
            try
            {
                engine = StartAsync(server.Endpoint, options => options with { ConnectTimeout = TimeSpan.FromSeconds(30) }).GetAwaiter().GetResult();
                return true;
            }
            catch (TaskEngineException refused) when (!refused.Message.Contains("LOADING", StringComparison.Ordinal))
            {
                // Its port is not open yet.
                return false;
            }
        }
    }

    private async Task RefusedAsync(string connection, string named)
    {
        TaskConfigurationException refused = await Assert.ThrowsAsync<TaskConfigurationException>(() => StartAsync(connection));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }
}
