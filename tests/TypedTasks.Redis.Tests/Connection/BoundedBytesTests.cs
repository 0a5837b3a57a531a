using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Tests.Connection;

/// <summary>What is sent and not answered, and what waits to be sent, is bounded in bytes too: a server that is slow or away must not fill this process with large tasks.</summary>
public sealed class BoundedBytesTests
{
    private const int Length = 512 * 1024;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Large_commands_beyond_the_bound_are_refused_unsent(bool isConnected)
    {
        var source = new LoopbackSource(answers: false);
        await using var node = new RedisNode(source, new RedisEngineOptions(), NullLogger.Instance);
        if (isConnected)
        {
            await node.ConnectAsync(CancellationToken.None);
        }

        RedisCall[] calls = [.. Enumerable.Range(0, 1000).Select(_ => Large())];
        foreach (RedisCall call in calls)
        {
            node.Send(call);
        }

        RedisCall[] refused = [.. calls.Where(call => call.Reply.IsFaulted)];
        Assert.InRange((long)(calls.Length - refused.Length) * Length, Length, 256L * 1024 * 1024);
        RedisConnectionException why = await Assert.ThrowsAsync<RedisConnectionException>(() => refused[0].Reply);
        Assert.Contains("MiB", why.Message, StringComparison.Ordinal);
        Assert.False(calls[0].Reply.IsCompleted);
    }

    [Fact]
    public async Task What_is_answered_makes_room()
    {
        var source = new LoopbackSource(answers: true);
        await using var node = new RedisNode(source, new RedisEngineOptions(), NullLogger.Instance);
        await node.ConnectAsync(CancellationToken.None);
        for (int round = 0; round < 10; round++)
        {
            RedisCall[] calls = [.. Enumerable.Range(0, 100).Select(_ => Large())];
            foreach (RedisCall call in calls)
            {
                node.Send(call);
            }

            await Task.WhenAll(calls.Select(call => call.Reply)).WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    private static RedisCall Large()
    {
        var call = new RedisCall();
        call.Request.WriteCommand(1);
        call.Request.WriteBulk(new byte[Length]);
        return call;
    }

    /// <summary>A server that reads everything, and answers all or nothing.</summary>
    private sealed class LoopbackSource(bool answers) : IPrimarySource
    {
        public Task<RespConnection> ConnectAsync(ConnectionPurpose purpose, ConnectionListener listener, CancellationToken cancellationToken) =>
            Task.FromResult(new RespConnection(new Loopback(answers), 16 * 1024, RespLimits.Default, null, listener.OnClosed)
            {
                Server = new ServerIdentity(new RedisEndpoint("127.0.0.1", 6379), new Version(7, 0), 3, 0, false),
                OnRoom = listener.OnRoom,
                MaxUnansweredBytes = new RedisEngineOptions().MaxInFlightBytes,
            });
    }

    private sealed class Loopback(bool answers) : MemoryStream
    {
        private readonly int _length = Large().Bytes.Length;
        private readonly SemaphoreSlim _answers = new(0);
        private long _received;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            long before = _received / _length;
            _received += buffer.Length;
            if (answers && _received / _length > before)
            {
                _answers.Release((int)((_received / _length) - before));
            }

            return default;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _answers.WaitAsync(CancellationToken.None);
            ":1\r\n"u8.CopyTo(buffer.Span);
            return 4;
        }
    }
}
