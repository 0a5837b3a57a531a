using System.Net.Security;
using System.Net.Sockets;

namespace TypedTasks.TestServers.Tests;

public sealed class RedisServerProcessTests
{
    public static TheoryData<ServerVersion> Versions => [ServerVersion.Floor, ServerVersion.Newest];

    [Theory]
    [InlineData(ServerVersion.Floor, AppendOnly.Always)]
    [InlineData(ServerVersion.Floor, AppendOnly.EverySecond)]
    [InlineData(ServerVersion.Newest, AppendOnly.Always)]
    public async Task Data_and_port_outlive_a_stop_and_a_kill(ServerVersion version, AppendOnly appendOnly)
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(
            new RedisServerOptions { Version = version, AppendOnly = appendOnly });
        int port = server.Port;
        await server.CommandAsync("SET", "key", "värde");

        await server.RestartAsync();
        Assert.Equal("värde", await server.CommandAsync("GET", "key"));

        await server.CrashAsync();
        Assert.Equal("värde", await server.CommandAsync("GET", "key"));
        Assert.Equal(port, server.Port);
    }

    [Fact]
    public async Task Without_append_only_a_restart_forgets()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(new RedisServerOptions { AppendOnly = AppendOnly.No });
        await server.CommandAsync("SET", "key", "value");

        await server.RestartAsync();

        Assert.Null(await server.CommandAsync("GET", "key"));
    }

    [Fact]
    public async Task A_full_server_refuses_writes()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(
            new RedisServerOptions { AppendOnly = AppendOnly.No, MaxMemory = "1500kb" });

        RedisReplyException refusal = await Assert.ThrowsAsync<RedisReplyException>(async () =>
        {
            for (int index = 0; index < 100; index++)
            {
                await server.CommandAsync("SET", $"key{index}", new string('x', 100_000));
            }
        });

        Assert.StartsWith("OOM", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_asked_for()
    {
        RedisServerOptions options = new() { Password = "secret" };
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(options);
        Assert.Equal("PONG", await server.CommandAsync("PING"));

        server.Options = options with { Password = null };
        RedisReplyException refusal = await Assert.ThrowsAsync<RedisReplyException>(() => server.CommandAsync("PING"));

        Assert.StartsWith("NOAUTH", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Access_control_keeps_the_default_user_out(ServerVersion version)
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(new RedisServerOptions
        {
            Version = version,
            AccessControl = "user default off\nuser worker on >secret ~* &* +@all",
        });

        await Assert.ThrowsAsync<RedisReplyException>(() => server.CommandAsync("GET", "key"));
        Assert.Equal("OK", await server.CommandAsync("AUTH", "worker", "secret"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Tls_is_served_beside_the_plain_port(ServerVersion version)
    {
        using TestCertificates certificates = TestCertificates.Create();
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(
            new RedisServerOptions { Version = version, Tls = certificates, VerifyClients = true });

        using TcpClient client = new();
        await client.ConnectAsync(server.Host, server.TlsPort);
        await using SslStream tls = await Tls.HandshakeAsync(client.GetStream(), certificates);
        await tls.WriteAsync("PING\r\n"u8.ToArray());
        byte[] answer = new byte[7];
        await tls.ReadExactlyAsync(answer);

        Assert.Equal("+PONG\r\n"u8.ToArray(), answer);
    }

    [Fact]
    public async Task A_paused_server_is_silent_until_it_is_resumed()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();

        await server.PauseAsync();
        Task<object?> ping = server.CommandAsync("PING");
        Assert.NotSame(ping, await Task.WhenAny(ping, Task.Delay(300)));

        await server.ResumeAsync();
        Assert.Equal("PONG", await ping);
    }

    [Fact]
    public async Task Data_is_carried_over_an_upgrade()
    {
        Require.Server(ServerKind.Redis, ServerVersion.Newest);
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await server.CommandAsync("XADD", "stream", "1-1", "field", "value");

        await server.StopAsync();
        server.Options = server.Options with { Version = ServerVersion.Newest };
        await server.StartAgainAsync();

        Assert.Equal(1L, await server.CommandAsync("XLEN", "stream"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Sentinels_promote_the_replica_when_the_primary_is_killed(ServerVersion version)
    {
        await using RedisSentinelGroup group = await RedisSentinelGroup.StartAsync(
            options: new RedisServerOptions { Version = version, Password = "secret" });
        RedisServerProcess former = await group.PrimaryAsync();
        Assert.Same(group.Servers[0], former);

        await former.KillAsync();
        RedisServerProcess next = await group.WaitForFailoverAsync(former);

        Assert.Same(group.Servers[1], next);
        await former.StartAgainAsync();
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_cluster_serves_all_slots_and_sends_strangers_to_the_right_node(ServerVersion version)
    {
        await using RedisServerCluster cluster = await RedisServerCluster.StartAsync(options: new RedisServerOptions { Version = version });

        // The slot of "a" is 15495: the last node's.
        Assert.Equal("OK", await cluster.Nodes[2].CommandAsync("SET", "a", "value"));
        RedisReplyException moved = await Assert.ThrowsAsync<RedisReplyException>(() => cluster.Nodes[0].CommandAsync("GET", "a"));
        Assert.Equal($"MOVED 15495 {cluster.Nodes[2].Endpoint}", moved.Message);
    }

    [Fact]
    public async Task A_server_that_cannot_start_says_why()
    {
        Require.Server(ServerKind.Redis);

        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => RedisServerProcess.StartAsync(new RedisServerOptions { Configuration = "nonsense-option 1" }));

        Assert.Contains("nonsense-option", failure.Message, StringComparison.Ordinal);
    }
}
