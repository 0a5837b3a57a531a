using Microsoft.Extensions.Logging;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Connection;

/// <summary>Brings commands to the primary that owns their keys, and sends them again when an answer says that they were not executed and why.</summary>
internal sealed class RedisRouter : IAsyncDisposable
{
    private const int MaxRedirections = 24;

    private readonly RedisDialer _dialer;
    private readonly ILogger _logger;
    private readonly IReadOnlyList<string> _scripts;
    private readonly RedisNode _first;
    private ClusterMap? _cluster;

    internal RedisRouter(RedisDialer dialer, IReadOnlyList<string> scripts, ILogger logger)
    {
        _dialer = dialer;
        _scripts = scripts;
        _logger = logger;
        RedisEngineOptions options = dialer.Options;
        RedisEndpoint[] endpoints = [.. options.Endpoints.Select(endpoint => RedisEndpoint.Parse(endpoint, options.ServiceName is null ? 6379 : 26379))];
        IPrimarySource source = options.ServiceName is { } service ? new SentinelSource(dialer, service, endpoints) : new FixedSource(dialer, endpoints);
        _first = new RedisNode(source, options, logger);
    }

    /// <summary>Finds a primary for connections that are not bound to a slot.</summary>
    internal IPrimarySource Source => _first.Source;

    internal bool IsCluster => _cluster is not null;

    internal ServerIdentity? Server => _first.Server;

    /// <summary>The primaries that are known now.</summary>
    internal IReadOnlyList<RedisNode> Primaries => _cluster?.Primaries ?? [_first];

    internal async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await _first.ConnectAsync(cancellationToken).ConfigureAwait(false);
        if (_first.Server is { IsCluster: true } server)
        {
            var cluster = new ClusterMap(_dialer, _first, server.Endpoint, _logger, Send);
            await cluster.RefreshAsync(cancellationToken).ConfigureAwait(false);
            _cluster = cluster;
        }
    }

    /// <summary>The primary for a slot.</summary>
    internal RedisNode NodeFor(int slot) => _cluster?.NodeFor(slot) ?? _first;

    internal void Send(RespCommand command) => NodeFor(command.Slot).Send(command);

    /// <summary>Sends a command off the hot path and waits for its reply, which may be an error.</summary>
    internal Task<RespValue> CallAsync(int slot, params ReadOnlySpan<string> parts)
    {
        var call = new RedisCall(parts) { Router = this, Slot = slot };
        Send(call);
        return call.Reply;
    }

    /// <summary>
    /// Whether an error means that the command was not executed and may be when it is sent again; if so, it is on its way again when this returns.
    /// </summary>
    internal bool TrySendAgain(RespCommand command, ReadOnlySpan<byte> error)
    {
        RespErrorKind kind = RespError.Classify(error);
        if (command.Redirections >= MaxRedirections)
        {
            return false;
        }

        switch (kind)
        {
            case RespErrorKind.NoScript:
                command.Redirections++;
                RedisNode node = NodeFor(command.Slot);
                node.Load(_scripts);
                node.Send(command);
                return true;

            case RespErrorKind.Moved when _cluster is { } cluster && Redirection.TryParse(error, out Redirection moved):
                command.Redirections++;
                cluster.Moved(moved).Send(command);
                return true;

            case RespErrorKind.Ask when _cluster is { } cluster && Redirection.TryParse(error, out Redirection asked):
                command.Redirections++;
                cluster.NodeAt(asked.Endpoint).SendAsking(command);
                return true;

            case RespErrorKind.ReadOnly:
                NodeFor(command.Slot).Drop(new RedisConnectionException("The server became a read-only replica."));
                SendLater(command);
                return true;

            case RespErrorKind.TryAgain or RespErrorKind.ClusterDown or RespErrorKind.Loading or RespErrorKind.Busy or RespErrorKind.MasterDown:
                SendLater(command);
                return true;

            default:
                return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync().ConfigureAwait(false);
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void SendLater(RespCommand command)
    {
        command.Redirections++;
        TimeSpan delay = Backoff.Next(command.Redirections, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(500), Random.Shared);
        _ = Task.Delay(delay).ContinueWith(_ => Send(command), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
