using System.Diagnostics;
using System.Net.Sockets;

namespace TypedTasks.TestServers.Tests;

public sealed class FaultProxyTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly EchoServer _server = new();
    private readonly FaultProxy _proxy;

    public FaultProxyTests() => _proxy = FaultProxy.Start(_server.Port);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Without_faults_everything_arrives_and_is_counted()
    {
        using TcpClient client = await ConnectAsync();
        byte[] sent = Bytes(1_000_000);

        Task<byte[]> echo = ReadAsync(client, sent.Length);
        await client.GetStream().WriteAsync(sent);

        Assert.Equal(sent, await echo);
        Assert.Equal(sent.Length, _proxy.ToServer.BytesForwarded);
        Assert.Equal(sent.Length, _proxy.ToClient.BytesForwarded);
        Assert.Equal(1, _proxy.OpenConnections);
    }

    [Fact]
    public async Task The_end_of_one_side_is_told_to_the_other_after_the_last_byte()
    {
        using TcpClient client = await ConnectAsync();
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Bytes(1000));
        client.Client.Shutdown(SocketShutdown.Send);

        Assert.Equal(1000, (await ReadToEndAsync(stream)).Length);
        await _proxy.WaitForAsync(ProxyEventKind.Closed);
        Assert.Equal(0, _proxy.OpenConnections);
    }

    [Fact]
    public async Task A_delay_is_latency_and_keeps_the_throughput()
    {
        _proxy.ToServer.Delay = TimeSpan.FromSeconds(1);
        using TcpClient client = await ConnectAsync();
        Stopwatch watch = Stopwatch.StartNew();

        for (int index = 0; index < 10; index++)
        {
            await client.GetStream().WriteAsync(Bytes(100));
            await Task.Delay(10);
        }

        await ReadAsync(client, 1000);

        // Ten pieces one after the other would take ten seconds.
        Assert.InRange(watch.Elapsed.TotalSeconds, 1, 9);
    }

    [Fact]
    public async Task A_throttled_direction_keeps_its_rate()
    {
        _proxy.ToClient.BytesPerSecond = 2_000;
        using TcpClient client = await ConnectAsync();
        Stopwatch watch = Stopwatch.StartNew();

        await client.GetStream().WriteAsync(Bytes(1_000));
        await ReadAsync(client, 1_000);

        Assert.True(watch.Elapsed.TotalSeconds >= 0.4, $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task Segments_of_one_byte_arrive_one_by_one()
    {
        _proxy.ToClient.SegmentSize = 1;
        _proxy.ToClient.BytesPerSecond = 200; // apart in time too, so that the kernel cannot put them together
        using TcpClient client = await ConnectAsync();
        await client.GetStream().WriteAsync(Bytes(10));

        byte[] buffer = new byte[100];
        int largest = 0;
        for (int total = 0; total < 10;)
        {
            int length = await client.GetStream().ReadAsync(buffer);
            largest = Math.Max(largest, length);
            total += length;
        }

        Assert.InRange(largest, 1, 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(137)]
    [InlineData(20_000)]
    public async Task A_cut_comes_after_exactly_so_many_bytes_to_the_client(int bytes)
    {
        _proxy.ToClient.CutAfter(bytes);
        using TcpClient client = await ConnectAsync();
        byte[] sent = Bytes(50_000);
        await client.GetStream().WriteAsync(sent);

        Assert.Equal(sent[..bytes], await ReadToEndAsync(client));
        await _proxy.WaitForAsync(ProxyEventKind.Cut);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(137)]
    public async Task A_cut_comes_after_exactly_so_many_bytes_to_the_server(int bytes)
    {
        _proxy.ToServer.CutAfter(bytes);
        using TcpClient client = await ConnectAsync();
        byte[] sent = Bytes(1_000);
        await client.GetStream().WriteAsync(sent);

        await _proxy.WaitForAsync(ProxyEventKind.Cut);
        Assert.True(SpinWait.SpinUntil(() => _server.Ends == 1, Limit));
        Assert.Equal(sent[..bytes], _server.Received);
    }

    [Fact]
    public async Task A_planned_cut_happens_once()
    {
        _proxy.ToServer.CutAfter(5);
        using TcpClient first = await ConnectAsync();
        await first.GetStream().WriteAsync(Bytes(10));
        await _proxy.WaitForAsync(ProxyEventKind.Cut);

        using TcpClient second = await ConnectAsync();
        await second.GetStream().WriteAsync(Bytes(100));

        Assert.Equal(100, (await ReadAsync(second, 100)).Length);
        Assert.Equal(2, _proxy.TotalConnections);
    }

    [Fact]
    public async Task A_reset_reaches_the_client_as_a_reset()
    {
        _proxy.ToServer.ResetAfter(3);
        using TcpClient client = await ConnectAsync();
        await client.GetStream().WriteAsync(Bytes(3));

        IOException failure = await Assert.ThrowsAsync<IOException>(() => ReadToEndAsync(client));

        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(failure.InnerException).SocketErrorCode);
        await _proxy.WaitForAsync(ProxyEventKind.Reset);
    }

    [Fact]
    public async Task Open_connections_are_cut_or_reset_on_demand()
    {
        using TcpClient cut = await ConnectAsync();
        await _proxy.WaitForAsync(ProxyEventKind.Connected);
        _proxy.CutConnections();
        Assert.Empty(await ReadToEndAsync(cut));

        using TcpClient reset = await ConnectAsync();
        await _proxy.WaitForAsync(ProxyEventKind.Connected, 2);
        _proxy.ResetConnections();
        await Assert.ThrowsAsync<IOException>(() => ReadToEndAsync(reset));
    }

    [Fact]
    public async Task A_silent_connection_stays_open_and_works_again_when_healed()
    {
        using TcpClient client = await ConnectAsync();
        await client.GetStream().WriteAsync(Bytes(10));
        await ReadAsync(client, 10);

        _proxy.GoSilent();
        await client.GetStream().WriteAsync(Bytes(1_000));
        Assert.True(SpinWait.SpinUntil(() => _proxy.ToServer.BytesSwallowed == 1_000, Limit));
        Assert.Equal(10, _server.Received.Length);
        Assert.Equal(0, client.Available);
        Assert.Equal(1, _proxy.OpenConnections);

        _proxy.Heal();
        await client.GetStream().WriteAsync(Bytes(7));
        Assert.Equal(7, (await ReadAsync(client, 7)).Length);
    }

    [Fact]
    public async Task A_silent_connection_keeps_the_end_of_one_side_from_the_other_until_healed()
    {
        TcpClient client = await ConnectAsync();
        await _proxy.WaitForAsync(ProxyEventKind.Connected);
        _proxy.GoSilent();
        client.Dispose();

        await Task.Delay(200);
        Assert.Equal(0, _server.Ends);

        _proxy.Heal();
        Assert.True(SpinWait.SpinUntil(() => _server.Ends == 1, Limit));
    }

    [Fact]
    public async Task A_stalled_direction_loses_nothing_and_pushes_back()
    {
        _proxy.ToServer.Stall = true;
        using TcpClient client = await ConnectAsync();
        byte[] sent = Bytes(32_000_000);

        Task write = client.GetStream().WriteAsync(sent).AsTask();
        Task<byte[]> echo = ReadAsync(client, sent.Length);
        await Task.Delay(300);
        Assert.False(write.IsCompleted);
        Assert.Equal(0, _proxy.ToServer.BytesForwarded);

        _proxy.ToServer.Stall = false;
        Assert.Equal(sent, await echo);
    }

    [Fact]
    public async Task One_byte_is_corrupted_where_it_was_asked_for()
    {
        _proxy.ToServer.CorruptAfter(41, mask: 0x01);
        using TcpClient client = await ConnectAsync();
        byte[] sent = Bytes(100);
        await client.GetStream().WriteAsync(sent);

        byte[] expected = [.. sent];
        expected[41] ^= 0x01;
        Assert.Equal(expected, await ReadAsync(client, 100));
        Assert.Equal(expected, _server.Received);
        Assert.Contains(_proxy.Events, happened => happened is { Kind: ProxyEventKind.Corrupted, ToServer: true });
    }

    [Fact]
    public async Task Garbage_is_injected_where_it_was_asked_for()
    {
        _proxy.ToClient.InjectAfter(2, "garbage"u8);
        using TcpClient client = await ConnectAsync();
        await client.GetStream().WriteAsync("ab"u8.ToArray());
        await ReadAsync(client, 2);
        await client.GetStream().WriteAsync("cd"u8.ToArray());

        Assert.Equal("garbagecd"u8.ToArray(), await ReadAsync(client, 9));
        Assert.Equal(4, _proxy.ToClient.BytesForwarded);
    }

    [Fact]
    public async Task Plans_at_one_place_happen_in_the_order_they_were_made()
    {
        _proxy.ToClient.InjectAfter(2, "X"u8);
        _proxy.ToClient.InjectAfter(2, "Y"u8);
        _proxy.ToClient.CutAfter(3);
        using TcpClient client = await ConnectAsync();
        await client.GetStream().WriteAsync("abcdef"u8.ToArray());

        Assert.Equal("abXYc"u8.ToArray(), await ReadToEndAsync(client));
    }

    [Fact]
    public async Task Refused_connections_are_reset_and_a_missing_server_too()
    {
        _proxy.RefuseConnections = true;
        await AssertResetAsync();

        _proxy.Heal();
        await _server.DisposeAsync();
        await AssertResetAsync();

        // Told after the reset: the client may know it first.
        await _proxy.WaitForAsync(ProxyEventKind.NoServer);
        Assert.Equal([ProxyEventKind.Refused, ProxyEventKind.NoServer], _proxy.Events.Select(happened => happened.Kind));
    }

    [Fact]
    public async Task A_proxy_ends_its_connections_when_it_is_disposed()
    {
        using TcpClient client = await ConnectAsync();
        await _proxy.WaitForAsync(ProxyEventKind.Connected);
        _proxy.GoSilent();

        await _proxy.DisposeAsync();

        Assert.Empty(await ReadToEndAsync(client));
    }

    private static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static async Task<byte[]> ReadAsync(TcpClient client, int length)
    {
        byte[] bytes = new byte[length];
        await client.GetStream().ReadExactlyAsync(bytes).AsTask().WaitAsync(Limit);
        return bytes;
    }

    private static Task<byte[]> ReadToEndAsync(TcpClient client) => ReadToEndAsync(client.GetStream());

    private static async Task<byte[]> ReadToEndAsync(NetworkStream stream)
    {
        using MemoryStream all = new();
        await stream.CopyToAsync(all).WaitAsync(Limit);
        return all.ToArray();
    }

    /// <summary>A reset right after the connection was made is seen by the connect or by the first read.</summary>
    private async Task AssertResetAsync()
    {
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using TcpClient client = await ConnectAsync();
            await ReadToEndAsync(client);
        });
        SocketException socket = Assert.IsType<SocketException>(failure as SocketException ?? failure.InnerException);
        Assert.Equal(SocketError.ConnectionReset, socket.SocketErrorCode);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        TcpClient client = new() { NoDelay = true };
        await client.ConnectAsync(_proxy.Host, _proxy.Port);
        return client;
    }
}
