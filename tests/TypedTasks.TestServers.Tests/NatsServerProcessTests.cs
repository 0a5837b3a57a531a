using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace TypedTasks.TestServers.Tests;

public sealed class NatsServerProcessTests
{
    public static TheoryData<ServerVersion> Versions => [ServerVersion.Floor, ServerVersion.Newest];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_started_server_serves_with_JetStream(ServerVersion version)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { Version = version });

        JsonElement info = await InfoAsync(server);

        Assert.True(info.GetProperty("jetstream").GetBoolean());
        Assert.Equal(server.Binary.Release, Version.Parse(info.GetProperty("version").GetString()!));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Data_and_port_outlive_a_stop_and_a_kill(ServerVersion version)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { Version = version });
        int port = server.Port;
        await StoreOneMessageAsync(server);

        await server.RestartAsync();
        Assert.Equal(port, server.Port);
        Assert.Contains("\"messages\": 1", await server.MonitorAsync("/jsz"), StringComparison.Ordinal);

        await server.CrashAsync();
        Assert.Contains("\"messages\": 1", await server.MonitorAsync("/jsz"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paused_server_is_silent_until_it_is_resumed()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();

        await server.PauseAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => InfoAsync(server).WaitAsync(TimeSpan.FromMilliseconds(300)));

        await server.ResumeAsync();
        await InfoAsync(server);
    }

    [Fact]
    public async Task Authorization_is_asked_for_and_can_be_changed_while_running()
    {
        NatsServerOptions options = new() { Configuration = "authorization { user: a, password: one }" };
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(options);
        Assert.True((await InfoAsync(server)).GetProperty("auth_required").GetBoolean());
        Assert.Contains("PONG", await SayAsync(server, "", "{\"user\":\"a\",\"pass\":\"one\"}"), StringComparison.Ordinal);

        server.Options = options with { Configuration = "authorization { user: a, password: two }" };
        await server.ReloadAsync();

        Assert.Contains("Authorization Violation", await SayAsync(server, "", "{\"user\":\"a\",\"pass\":\"one\"}"), StringComparison.Ordinal);
        Assert.Contains("PONG", await SayAsync(server, "", "{\"user\":\"a\",\"pass\":\"two\"}"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Tls_is_served_with_the_test_authority(ServerVersion version)
    {
        using TestCertificates certificates = TestCertificates.Create();
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(
            new NatsServerOptions { Version = version, Tls = certificates, VerifyClients = true });

        using TcpClient client = new();
        await client.ConnectAsync(server.Host, server.Port);
        Assert.Contains("\"tls_required\":true", await ReadLineAsync(client.GetStream()), StringComparison.Ordinal);
        await Tls.HandshakeAsync(client.GetStream(), certificates);
    }

    [Fact]
    public async Task A_server_is_upgraded_on_its_own_store()
    {
        Require.Server(ServerKind.Nats, ServerVersion.Newest);
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await StoreOneMessageAsync(server);
        Version floor = server.Binary.Release;

        await server.StopAsync();
        server.Options = server.Options with { Version = ServerVersion.Newest };
        await server.StartAgainAsync();

        Assert.True(server.Binary.Release > floor);
        Assert.Contains("\"messages\": 1", await server.MonitorAsync("/jsz"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_cluster_of_three_elects_another_leader_when_its_leader_is_killed(ServerVersion version)
    {
        await using NatsServerCluster cluster = await NatsServerCluster.StartAsync(options: new NatsServerOptions { Version = version });
        NatsServerProcess leader = await cluster.WaitForLeaderAsync();

        await leader.KillAsync();
        NatsServerProcess next = await cluster.WaitForLeaderAsync();

        Assert.NotSame(leader, next);
        await leader.StartAgainAsync();
    }

    [Fact]
    public async Task A_server_that_cannot_start_says_why()
    {
        Require.Server(ServerKind.Nats);

        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => NatsServerProcess.StartAsync(new NatsServerOptions { Configuration = "nonsense_option: [" }));

        Assert.Contains("arse error", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> InfoAsync(NatsServerProcess server)
    {
        using TcpClient client = new();
        await client.ConnectAsync(server.Host, server.Port);
        string line = await ReadLineAsync(client.GetStream());
        return JsonSerializer.Deserialize<JsonElement>(line["INFO ".Length..]);
    }

    private static async Task StoreOneMessageAsync(NatsServerProcess server)
    {
        const string Stream = "{\"name\":\"T\",\"subjects\":[\"t\"]}";
        await SayAsync(server, $"SUB r 1\r\nPUB $JS.API.STREAM.CREATE.T r {Stream.Length}\r\n{Stream}\r\n", until: "MSG r");
        await SayAsync(server, "SUB r 1\r\nPUB t r 2\r\nhi\r\n", until: "MSG r");
    }

    /// <summary>Connects, says something, and returns what the server said up to a line that starts so, or to the end.</summary>
    private static async Task<string> SayAsync(
        NatsServerProcess server, string text, string connect = "{\"verbose\":false}", string until = "PONG")
    {
        using TcpClient client = new();
        await client.ConnectAsync(server.Host, server.Port);
        NetworkStream stream = client.GetStream();
        await ReadLineAsync(stream);
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"CONNECT {connect}\r\n{text}PING\r\n"));
        StringBuilder answer = new();
        while (await ReadLineAsync(stream) is { Length: > 0 } line)
        {
            answer.AppendLine(line);
            if (line.StartsWith(until, StringComparison.Ordinal))
            {
                break;
            }
        }

        return answer.ToString();
    }

    private static async Task<string> ReadLineAsync(NetworkStream stream)
    {
        StringBuilder line = new();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one) == 1 && one[0] != '\n')
        {
            line.Append((char)one[0]);
        }

        return line.ToString().TrimEnd('\r');
    }
}
