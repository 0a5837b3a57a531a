using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Threading.Channels;

namespace TypedTasks.TestServers.Faults;

/// <summary>One client, one server, and a reader and a writer for each direction between them.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The token source has no timer, and whoever ends the connection may still be cancelling it.")]
internal sealed class ProxyConnection
{
    private const int ChunkSize = 16 * 1024;
    private const int MostChunks = 64;

    private readonly FaultProxy _proxy;
    private readonly int _id;
    private readonly Socket _client;
    private readonly Socket _server;
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isEnded;
    private volatile bool _endUntold;

    public ProxyConnection(FaultProxy proxy, int id, Socket client, Socket server)
    {
        _proxy = proxy;
        _id = id;
        _client = client;
        _server = server;
        _client.NoDelay = true;
        _server.NoDelay = true;
    }

    /// <summary>Completes when nothing of this connection runs any more.</summary>
    public Task Finished => _finished.Task;

    /// <summary>Closes a socket so that its peer gets a reset.</summary>
    public static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is gone already.
        }

        socket.Dispose();
    }

    public void Run() => _ = RunAsync();

    /// <summary>Ends the connection, by a reset if the event is one. The first caller decides how.</summary>
    public void End(ProxyEventKind how, bool? toServer, long offset) =>
        Finish(how == ProxyEventKind.Reset, new ProxyEvent(how, _id, toServer, offset));

    /// <summary>Closes the connection if one side ended while the end was kept from the other.</summary>
    public void CloseIfEnded()
    {
        if (_endUntold)
        {
            End(ProxyEventKind.Closed, null, 0);
        }
    }

    private static void Close(Socket socket)
    {
        try
        {
            // Without this, unread bytes would turn the close into a reset.
            socket.Shutdown(SocketShutdown.Send);
            byte[] rest = ArrayPool<byte>.Shared.Rent(ChunkSize);
            while (socket.Available > 0 && socket.Receive(rest) > 0)
            {
            }

            ArrayPool<byte>.Shared.Return(rest);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The peer was faster.
        }

        socket.Dispose();
    }

    private void Finish(bool reset, ProxyEvent happened)
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
        {
            return;
        }

        _proxy.Forget(_id);
        foreach (Socket socket in (Socket[])[_client, _server])
        {
            if (reset)
            {
                Reset(socket);
            }
            else
            {
                Close(socket);
            }
        }

        _ended.Cancel();
        _proxy.Report(happened);
    }

    private async Task RunAsync()
    {
        await Task.WhenAll(
            CarryAsync(_client, _server, _proxy.ToServer, toServer: true),
            CarryAsync(_server, _client, _proxy.ToClient, toServer: false));
        if (_endUntold)
        {
            // Half-open: the sockets stay until somebody ends the connection.
            await Task.Delay(Timeout.InfiniteTimeSpan, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        End(ProxyEventKind.Closed, null, 0);
        _finished.SetResult();
    }

    /// <summary>Carries one direction to its end.</summary>
    private async Task CarryAsync(Socket from, Socket to, FaultDirection faults, bool toServer)
    {
        // Reading and writing are apart so that a delay is latency only; the channel bounds what is on the way.
        Channel<Chunk> onTheWay = Channel.CreateBounded<Chunk>(MostChunks);
        Task reading = ReadAsync(from, faults, onTheWay.Writer);
        try
        {
            await foreach (Chunk chunk in onTheWay.Reader.ReadAllAsync(_ended.Token))
            {
                TimeSpan wait = faults.Delay - Stopwatch.GetElapsedTime(chunk.Received);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, _ended.Token);
                }

                await ForwardAsync(chunk.Bytes.AsMemory(0, chunk.Length), to, faults, toServer);
                ArrayPool<byte>.Shared.Return(chunk.Bytes);
            }

            if (faults.Swallow)
            {
                _endUntold = true;
            }
            else
            {
                to.Shutdown(SocketShutdown.Send);
                _proxy.Report(new ProxyEvent(ProxyEventKind.Ended, _id, toServer, faults.BytesForwarded));
            }
        }
        catch (SocketException) when (faults.Swallow && Volatile.Read(ref _isEnded) == 0)
        {
            _endUntold = true;
        }
        catch (SocketException)
        {
            // A reset on one side is a reset for the other.
            Finish(reset: true, new ProxyEvent(ProxyEventKind.Closed, _id, toServer, faults.BytesForwarded));
        }
        catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException)
        {
            // The connection was ended.
        }

        await reading;
    }

    private async Task ReadAsync(Socket from, FaultDirection faults, ChannelWriter<Chunk> onTheWay)
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                byte[] bytes = ArrayPool<byte>.Shared.Rent(ChunkSize);
                int length = await from.ReceiveAsync(bytes.AsMemory(0, ChunkSize), SocketFlags.None, _ended.Token);
                if (length == 0)
                {
                    ArrayPool<byte>.Shared.Return(bytes);
                    return;
                }

                await onTheWay.WriteAsync(new Chunk(bytes, length, Stopwatch.GetTimestamp()), _ended.Token);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            failure = exception;
        }
        finally
        {
            onTheWay.TryComplete(failure);
        }
    }

    private async Task ForwardAsync(Memory<byte> bytes, Socket to, FaultDirection faults, bool toServer)
    {
        while (!bytes.IsEmpty)
        {
            await faults.WhileStalledAsync(_ended.Token);
            ForwardStep step = faults.Next(bytes.Span);
            if (step.Injected is { } injected)
            {
                await SendAsync(to, injected);
                _proxy.Report(new ProxyEvent(ProxyEventKind.Injected, _id, toServer, faults.BytesForwarded));
            }

            if (step.Take > 0 && !step.Swallowed)
            {
                await SendAsync(to, bytes[..step.Take]);
            }

            bytes = bytes[step.Take..];
            if (step.Corrupted)
            {
                _proxy.Report(new ProxyEvent(ProxyEventKind.Corrupted, _id, toServer, faults.BytesForwarded));
            }

            if (step.End is { } end)
            {
                End(end, toServer, faults.BytesForwarded);
                return;
            }

            if (step.Pause > TimeSpan.Zero)
            {
                await Task.Delay(step.Pause, _ended.Token);
            }
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await to.SendAsync(bytes, SocketFlags.None, _ended.Token)..];
        }
    }

    private readonly record struct Chunk(byte[] Bytes, int Length, long Received);
}
