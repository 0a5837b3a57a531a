using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Tests.Connection;

/// <summary>Connections that end at an awkward moment: whoever tries again must hear of it as of a connection, and none may stay open that nobody closes.</summary>
public sealed class EndedConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public Task A_Sentinel_that_resets_the_connection_while_it_is_asked_cannot_be_reached() => CannotBeReachedAsync(ResetWhenAskedAsync);

    [Fact]
    public Task A_Sentinel_that_answers_nonsense_cannot_be_reached() =>
        CannotBeReachedAsync(sentinel => AnswerAsync(sentinel, "*2\r\n$9\r\n127.0.0.1\r\n$4\r\nport\r\n*0\r\n"));

    [Fact]
    public async Task A_connection_for_listening_that_is_made_as_the_engine_ends_is_closed()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var source = new LateSource();
        var subscriber = new RedisSubscriber(source, new RedisEngineOptions(), NullLogger.Instance);
        Task<IAsyncDisposable> subscribing = subscriber.SubscribeAsync("channel"u8.ToArray(), _ => { }, CancellationToken.None);
        await source.Asked.Task.WaitAsync(Patience);
        await subscriber.DisposeAsync();
        await Assert.ThrowsAsync<TaskEngineException>(() => subscribing.WaitAsync(Patience));

        using var client = new TcpClient();
        Task<TcpClient> accepting = server.AcceptTcpClientAsync();
        await client.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)server.LocalEndpoint).Port);
        using TcpClient accepted = await accepting;
        source.Made.SetResult(client.GetStream());

        Assert.Equal(0, await accepted.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_connection_that_ends_as_it_is_made_is_replaced_however_often()
    {
        var source = new ShortLivedSource(connections: 20_000);
        await using var node = new RedisNode(source, new RedisEngineOptions(), NullLogger.Instance);
        await node.ConnectAsync(CancellationToken.None);

        await source.AllMade.Task.WaitAsync(Patience);
    }

    private static async Task CannotBeReachedAsync(Func<TcpListener, Task> answer)
    {
        using var sentinel = new TcpListener(IPAddress.Loopback, 0);
        sentinel.Start();
        Task answering = answer(sentinel);
        var endpoint = new RedisEndpoint("127.0.0.1", ((IPEndPoint)sentinel.LocalEndpoint).Port);
        var source = new SentinelSource(new RedisDialer(new RedisEngineOptions { Endpoints = [endpoint.ToString()] }, []), "primary", [endpoint]);

        await Assert.ThrowsAsync<RedisConnectionException>(() =>
            source.ConnectAsync(ConnectionPurpose.Commands, new ConnectionListener(null, static (_, _) => { }), CancellationToken.None).WaitAsync(Patience));
        await answering;
    }

    // It reads on behind its hello, so that the reset meets a client that waits for an answer.
    private static async Task ResetWhenAskedAsync(TcpListener listener)
    {
        using TcpClient client = await HelloAsync(listener);
        client.LingerState = new LingerOption(true, 0);
        client.Close();
    }

    private static async Task AnswerAsync(TcpListener listener, string answers)
    {
        using TcpClient client = await HelloAsync(listener);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answers));

        // Until the other end has had enough.
        while (await client.GetStream().ReadAsync(new byte[1024]) > 0)
        {
        }
    }

    private static async Task<TcpClient> HelloAsync(TcpListener listener)
    {
        TcpClient client = await listener.AcceptTcpClientAsync();
        byte[] received = new byte[4096];
        Assert.True(await client.GetStream().ReadAsync(received) > 0);
        await client.GetStream().WriteAsync("%0\r\n"u8.ToArray());
        Assert.True(await client.GetStream().ReadAsync(received) > 0);
        return client;
    }

    /// <summary>Gives connections that have ended already, and at last one that stays.</summary>
    private sealed class ShortLivedSource(int connections) : IPrimarySource
    {
        private readonly TaskCompletionSource _never = new();
        private int _left = connections;

        internal TaskCompletionSource AllMade { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<RespConnection> ConnectAsync(ConnectionPurpose purpose, ConnectionListener listener, CancellationToken cancellationToken)
        {
            bool isLast = Interlocked.Decrement(ref _left) < 0;
            if (isLast)
            {
                AllMade.TrySetResult();
            }

            return Task.FromResult(new RespConnection(new Silence(isLast ? _never.Task : Task.CompletedTask), 16, RespLimits.Default, null, listener.OnClosed)
            {
                Server = new ServerIdentity(new RedisEndpoint("127.0.0.1", 6379), new Version(7, 0), 3, 0, false),
            });
        }
    }

    /// <summary>Nothing comes, until it ends.</summary>
    private sealed class Silence(Task end) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await end;
            return 0;
        }
    }

    /// <summary>Gives a connection when it is told to, whatever has happened meanwhile.</summary>
    private sealed class LateSource : IPrimarySource
    {
        internal TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal TaskCompletionSource<Stream> Made { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<RespConnection> ConnectAsync(ConnectionPurpose purpose, ConnectionListener listener, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            return new RespConnection(await Made.Task, 16, RespLimits.Default, listener.OnPush, listener.OnClosed)
            {
                Server = new ServerIdentity(new RedisEndpoint("127.0.0.1", 6379), new Version(7, 0), 3, 1, false),
            };
        }
    }
}
