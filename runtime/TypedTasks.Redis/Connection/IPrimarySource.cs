using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Connection;

/// <summary>What gets told about a connection while it lives.</summary>
internal readonly record struct ConnectionListener(Action<RespValue>? OnPush, Action<RespConnection, Exception> OnClosed, Action? OnRoom = null);

/// <summary>Finds the primary anew for every connection: after a failover it is somewhere else.</summary>
internal interface IPrimarySource
{
    /// <summary>Connects to the primary, or fails with what went wrong last.</summary>
    Task<RespConnection> ConnectAsync(ConnectionPurpose purpose, ConnectionListener listener, CancellationToken cancellationToken);
}

/// <summary>Servers that are known by address; the first that answers as a primary is it.</summary>
internal sealed class FixedSource(RedisDialer dialer, IReadOnlyList<RedisEndpoint> endpoints) : IPrimarySource
{
    private int _first;

    public async Task<RespConnection> ConnectAsync(ConnectionPurpose purpose, ConnectionListener listener, CancellationToken cancellationToken)
    {
        Exception? last = null;
        int first = Volatile.Read(ref _first);
        for (int index = 0; index < endpoints.Count; index++)
        {
            int candidate = (first + index) % endpoints.Count;
            try
            {
                RespConnection connection = await dialer.DialAsync(endpoints[candidate], purpose, listener.OnPush, listener.OnClosed, listener.OnRoom, cancellationToken).ConfigureAwait(false);
                Volatile.Write(ref _first, candidate);
                return connection;
            }
            catch (Exception exception) when (exception is RedisConnectionException or RedisRefusedException)
            {
                last = exception;
            }
        }

        throw last!;
    }
}

/// <summary>Asks the Sentinels where the primary is, and believes it only when its own <c>ROLE</c> says so.</summary>
internal sealed class SentinelSource(RedisDialer dialer, string service, IReadOnlyList<RedisEndpoint> configured) : IPrimarySource
{
    private volatile RedisEndpoint[] _sentinels = [.. configured];

    public async Task<RespConnection> ConnectAsync(ConnectionPurpose purpose, ConnectionListener listener, CancellationToken cancellationToken)
    {
        Exception? last = null;
        foreach (RedisEndpoint sentinel in _sentinels)
        {
            try
            {
                RedisEndpoint? primary = await AskAsync(sentinel, cancellationToken).ConfigureAwait(false);
                if (primary is null)
                {
                    last = new RedisRefusedException($"The Sentinel at {sentinel} knows no primary named '{service}'. Correct serviceName=… in the connection string.");
                    continue;
                }

                return await dialer.DialAsync(primary.Value, purpose, listener.OnPush, listener.OnClosed, listener.OnRoom, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is RedisConnectionException or RedisRefusedException)
            {
                last = exception;
            }
        }

        throw last!;
    }

    private async Task<RedisEndpoint?> AskAsync(RedisEndpoint sentinel, CancellationToken cancellationToken)
    {
        RespConnection connection = await dialer.DialAsync(sentinel, ConnectionPurpose.Sentinel, null, static (_, _) => { }, null, cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            connection.Start();
            var address = new RedisCall("SENTINEL", "get-master-addr-by-name", service);
            var others = new RedisCall("SENTINEL", "sentinels", service);
            if (!connection.TrySend(address) || !connection.TrySend(others))
            {
                throw new RedisConnectionException($"The Sentinel at {sentinel} closed the connection.");
            }

            RespValue answer = await WaitAsync(address, sentinel, cancellationToken).ConfigureAwait(false);
            if (answer.IsNull || answer.IsError)
            {
                return null;
            }

            RespValue known = await WaitAsync(others, sentinel, cancellationToken).ConfigureAwait(false);
            try
            {
                Remember(sentinel, known);
                return new RedisEndpoint(answer[0].Text, (int)answer[1].Integer);
            }
            catch (RespException exception)
            {
                throw new RedisConnectionException($"The Sentinel at {sentinel} answered something else than addresses: {exception.Message}", exception);
            }
        }
    }

    private async Task<RespValue> WaitAsync(RedisCall call, RedisEndpoint sentinel, CancellationToken cancellationToken)
    {
        try
        {
            return await call.Reply.WaitAsync(dialer.Options.ConnectTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new RedisConnectionException($"The Sentinel at {sentinel} did not answer in time.", exception);
        }
        catch (ObjectDisposedException exception)
        {
            throw RedisConnectionException.Of(exception);
        }
    }

    /// <summary>The one that answered moves to the front, and the ones it knows are added.</summary>
    private void Remember(RedisEndpoint answered, RespValue others)
    {
        List<RedisEndpoint> known = [answered, .. _sentinels.Where(sentinel => sentinel != answered)];
        foreach (RespValue other in others.IsError ? [] : others.Items)
        {
            if (other.Find("ip") is { } host && other.Find("port") is { } port && new RedisEndpoint(host.Text, (int)port.Integer) is var endpoint && !known.Contains(endpoint))
            {
                known.Add(endpoint);
            }
        }

        _sentinels = [.. known];
    }
}
