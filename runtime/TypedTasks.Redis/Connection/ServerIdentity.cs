namespace TypedTasks.Redis.Connection;

/// <summary>What a connection learned of its server when it said hello.</summary>
/// <param name="Endpoint">Where it is.</param>
/// <param name="Version">Its version; 0.0 where it does not say.</param>
/// <param name="Protocol">2 or 3.</param>
/// <param name="ClientId">The connection's number, for <c>CLIENT UNBLOCK</c> and <c>CLIENT KILL</c>.</param>
/// <param name="IsCluster">Whether it is a node of a cluster.</param>
internal sealed record ServerIdentity(RedisEndpoint Endpoint, Version Version, int Protocol, long ClientId, bool IsCluster)
{
    /// <summary>The address of this end of the connection, as the server sees it.</summary>
    internal string? ClientAddress { get; init; }

    /// <summary>
    /// Ends an earlier connection of ours to the same server, which may look alive to it: what it still has under way must not be executed any more, and a blocking
    /// read would take tasks into nowhere. The address is named too, because a server that was restarted counts from 1 again.
    /// </summary>
    internal static void End(ServerIdentity? earlier, RespConnection present)
    {
        if (earlier is { ClientId: > 0, ClientAddress: { } address } && earlier.Endpoint == present.Server.Endpoint)
        {
            present.TrySend(new RedisCall("CLIENT", "KILL", "ID", earlier.ClientId.ToString(System.Globalization.CultureInfo.InvariantCulture), "ADDR", address));
        }
    }
}
