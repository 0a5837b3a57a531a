using Microsoft.Extensions.Logging;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Connection;

/// <summary>Which primary owns which slot: from <c>CLUSTER SLOTS</c>, corrected by each <c>MOVED</c>, asked for again when something changed.</summary>
internal sealed class ClusterMap : IAsyncDisposable
{
    private readonly RedisDialer _dialer;
    private readonly RedisNode _first;
    private readonly RedisEndpoint _seed;
    private readonly ILogger _logger;
    private readonly Action<RespCommand> _sendElsewhere;
    private readonly Lock _gate = new();
    private readonly Dictionary<RedisEndpoint, RedisNode> _nodes = [];
    private readonly RedisNode?[] _slots = new RedisNode?[ClusterSlot.Count];
    private bool _stopped;
    private int _refreshing;

    internal ClusterMap(RedisDialer dialer, RedisNode first, RedisEndpoint seed, ILogger logger, Action<RespCommand> sendElsewhere)
    {
        _dialer = dialer;
        _first = first;
        _seed = seed;
        _logger = logger;
        _sendElsewhere = sendElsewhere;
    }

    internal IReadOnlyList<RedisNode> Primaries
    {
        get
        {
            lock (_gate)
            {
                return [.. _slots.OfType<RedisNode>().Distinct()];
            }
        }
    }

    /// <summary>The owner of a slot; for a command without keys, the node that was configured.</summary>
    internal RedisNode NodeFor(int slot) => slot < 0 ? _first : Volatile.Read(ref _slots[slot]) ?? _first;

    internal RedisNode NodeAt(RedisEndpoint endpoint)
    {
        if (endpoint.Host.Length == 0)
        {
            endpoint = endpoint with { Host = _seed.Host };
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (!_nodes.TryGetValue(endpoint, out RedisNode? node))
            {
                node = new RedisNode(new FixedSource(_dialer, [endpoint]), _dialer.Options, _logger) { OnUnreachable = RefreshInBackground };
                _nodes.Add(endpoint, node);
                node.ConnectInBackground();
            }

            return node;
        }
    }

    /// <summary>A slot has another owner; that one is returned, and the rest of the map is asked for.</summary>
    internal RedisNode Moved(Redirection moved)
    {
        RedisNode node;
        lock (_gate)
        {
            node = NodeAt(moved.Endpoint);
            Volatile.Write(ref _slots[moved.Slot], node);
        }

        RefreshInBackground();
        return node;
    }

    internal async Task RefreshAsync(CancellationToken cancellationToken)
    {
        Exception? last = null;
        RedisNode[] candidates;
        lock (_gate)
        {
            candidates = [_first, .. _nodes.Values];
        }

        foreach (RedisNode candidate in candidates)
        {
            if (candidate.Server is not { } server)
            {
                continue;
            }

            try
            {
                var call = new RedisCall("CLUSTER", "SLOTS");
                candidate.Send(call);
                RespValue slots = await call.Reply.WaitAsync(_dialer.Options.CommandTimeout, cancellationToken).ConfigureAwait(false);
                if (slots.IsError)
                {
                    last = new RedisRefusedException($"Redis at {server.Endpoint} does not say which node owns which slot: {slots.Error.Message}");
                    continue;
                }

                Adopt(slots, server.Endpoint);
                return;
            }
            catch (Exception exception) when (exception is RedisConnectionException or TimeoutException or IOException)
            {
                last = exception;
            }
        }

        throw last as RedisRefusedException ?? (Exception)new RedisConnectionException("No node of the Redis cluster answers.", last);
    }

    public async ValueTask DisposeAsync()
    {
        RedisNode[] nodes;
        lock (_gate)
        {
            _stopped = true;
            nodes = [.. _nodes.Values];
        }

        foreach (RedisNode node in nodes)
        {
            await node.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void RefreshInBackground()
    {
        if (Interlocked.Exchange(ref _refreshing, 1) == 0)
        {
            _ = RefreshQuietlyAsync();
        }
    }

    private async Task RefreshQuietlyAsync()
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(20, 100))).ConfigureAwait(false);
            await RefreshAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisConnectionException or RedisRefusedException or ObjectDisposedException)
        {
            RedisLog.NoClusterMap(_logger, exception.Message);
        }
        finally
        {
            Volatile.Write(ref _refreshing, 0);
        }
    }

    private void Adopt(RespValue slots, RedisEndpoint asked)
    {
        var owners = new HashSet<RedisNode>();
        var retired = new List<RedisNode>();
        lock (_gate)
        {
            foreach (RespValue range in slots.Items)
            {
                RespValue primary = range[2];
                string host = primary[0].IsNull || primary[0].Bytes.Length == 0 ? asked.Host : primary[0].Text;
                RedisNode node = NodeAt(new RedisEndpoint(host, (int)primary[1].Integer));
                owners.Add(node);
                for (long slot = range[0].Integer; slot <= Math.Min(range[1].Integer, ClusterSlot.Count - 1); slot++)
                {
                    Volatile.Write(ref _slots[slot], node);
                }
            }

            foreach ((RedisEndpoint endpoint, RedisNode node) in _nodes.ToArray())
            {
                // A node without slots may be the target of a migration, or a replica now. One that cannot be reached is gone.
                if (!owners.Contains(node) && node.Server is null)
                {
                    _nodes.Remove(endpoint);
                    retired.Add(node);
                }
            }

            // Slots that nobody owns for now would keep one that is gone. Any other node says where they are when they are somewhere again.
            for (int slot = 0; retired.Count > 0 && slot < _slots.Length; slot++)
            {
                if (_slots[slot] is { } owner && retired.Contains(owner))
                {
                    Volatile.Write(ref _slots[slot], null);
                }
            }
        }

        foreach (RedisNode node in retired)
        {
            node.Retire(_sendElsewhere);
        }
    }
}
