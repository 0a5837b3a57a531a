using System.Net;
using System.Net.Sockets;
using TypedTasks.TestServers.Faults;
using TypedTasks.TestServers.Processes;

namespace TypedTasks.TestServers;

/// <summary>
/// A TCP proxy on loopback that does to a connection what networks do: late, slow, torn into pieces, cut in the middle of a
/// frame, silent, reset, corrupted. A client under test connects to <see cref="Port"/>; everything can be changed while
/// connections are open.
/// </summary>
/// <example><code>
/// await using FaultProxy proxy = FaultProxy.Start(server.Port);
/// proxy.ToClient.SegmentSize = 1;                      // every byte arrives alone
/// proxy.ToServer.CutAfter(137);                        // once: the connection breaks after 137 more bytes
/// proxy.GoSilent();                                    // half-open: sockets stay, nothing arrives
/// proxy.Heal();
/// </code></example>
public sealed class FaultProxy : IAsyncDisposable
{
    private const int MostConnections = 256;
    private const int MostEvents = 10_000;

    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<int, ProxyConnection> _connections = [];
    private readonly List<ProxyEvent> _events = [];
    private readonly Task _accepting;
    private int _lastConnection;

    private FaultProxy(int targetPort)
    {
        TargetPort = targetPort;
        Port = LoopbackPorts.Take();
        ToServer = new FaultDirection();
        ToClient = new FaultDirection();
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        _listener.Listen(64);
        _accepting = AcceptAsync();
    }

    /// <summary>Something happened: raised on the thread it happened on, after it was added to <see cref="Events"/>.</summary>
    public event Action<ProxyEvent>? Happened;

    /// <summary>Where clients connect: always 127.0.0.1.</summary>
    public string Host => "127.0.0.1";

    /// <summary>The port that clients connect to.</summary>
    public int Port { get; }

    /// <summary>The loopback port that new connections are forwarded to.</summary>
    public int TargetPort { get; set; }

    /// <summary>What is done to the bytes that clients send.</summary>
    public FaultDirection ToServer { get; }

    /// <summary>What is done to the bytes that the server sends.</summary>
    public FaultDirection ToClient { get; }

    /// <summary>While true, a new connection is reset as soon as it is made.</summary>
    public bool RefuseConnections { get; set; }

    /// <summary>The connections that are open.</summary>
    public int OpenConnections
    {
        get
        {
            lock (_gate)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>The connections there ever were.</summary>
    public int TotalConnections => Volatile.Read(ref _lastConnection);

    /// <summary>What happened, in order (the last ten thousand events).</summary>
    public IReadOnlyList<ProxyEvent> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>Starts a proxy to a loopback port.</summary>
    public static FaultProxy Start(int targetPort) => new(targetPort);

    /// <summary>Closes every open connection in good order (FIN to both sides).</summary>
    public void CutConnections() => End(ProxyEventKind.Cut);

    /// <summary>Resets every open connection (RST to both sides).</summary>
    public void ResetConnections() => End(ProxyEventKind.Reset);

    /// <summary>Half-open, both ways: bytes are swallowed, the end of one side is not told to the other, sockets stay open.</summary>
    public void GoSilent()
    {
        ToServer.Swallow = true;
        ToClient.Swallow = true;
    }

    /// <summary>Takes back every fault. Bytes that were swallowed are gone; connections whose one side ended meanwhile are closed.</summary>
    public void Heal()
    {
        RefuseConnections = false;
        ToServer.Heal();
        ToClient.Heal();
        foreach (ProxyConnection connection in Snapshot())
        {
            connection.CloseIfEnded();
        }
    }

    /// <summary>Waits until events of this kind have happened <paramref name="count"/> times since the start.</summary>
    public async Task WaitForAsync(ProxyEventKind kind, int count = 1, TimeSpan? timeout = null)
    {
        TimeSpan limit = timeout ?? TimeSpan.FromSeconds(10);
        if (!await Poll.UntilAsync(() => Events.Count(one => one.Kind == kind) >= count, limit))
        {
            throw new TimeoutException(
                $"{kind} had not happened {count} times in {limit.TotalSeconds:0.#} s, but: {string.Join(", ", Events.TakeLast(20))}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach (ProxyConnection connection in Snapshot())
        {
            connection.End(ProxyEventKind.Closed, null, 0);
            await connection.Finished;
        }

        _stop.Dispose();
        LoopbackPorts.Return(Port);
    }

    internal void Report(ProxyEvent happened)
    {
        lock (_gate)
        {
            if (_events.Count == MostEvents)
            {
                _events.RemoveRange(0, MostEvents / 2);
            }

            _events.Add(happened);
        }

        Happened?.Invoke(happened);
    }

    internal void Forget(int connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
        }
    }

    private void End(ProxyEventKind how)
    {
        foreach (ProxyConnection connection in Snapshot())
        {
            connection.End(how, null, 0);
        }
    }

    private List<ProxyConnection> Snapshot()
    {
        lock (_gate)
        {
            return [.. _connections.Values];
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync(_stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }

            int id = Interlocked.Increment(ref _lastConnection);
            if (RefuseConnections || OpenConnections >= MostConnections)
            {
                ProxyConnection.Reset(client);
                Report(new ProxyEvent(ProxyEventKind.Refused, id, null, 0));
                continue;
            }

            _ = ConnectAsync(id, client);
        }
    }

    private async Task ConnectAsync(int id, Socket client)
    {
        Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, TargetPort), _stop.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            server.Dispose();
            ProxyConnection.Reset(client);
            Report(new ProxyEvent(ProxyEventKind.NoServer, id, null, 0));
            return;
        }

        ProxyConnection connection = new(this, id, client, server);
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
            {
                client.Dispose();
                server.Dispose();
                return;
            }

            _connections.Add(id, connection);
        }

        Report(new ProxyEvent(ProxyEventKind.Connected, id, null, 0));
        connection.Run();
    }
}
