using System.Net;
using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Streams;

/// <summary>Looks at the server once and warns of every setting that can lose tasks, with what it costs and what to change.</summary>
internal static class StartChecks
{
    internal static async Task RunAsync(RedisEngine engine, CancellationToken cancellationToken)
    {
        if (engine.Router.Server is not { } server)
        {
            return;
        }

        string info = await AskAsync(engine, cancellationToken, "INFO").ConfigureAwait(false) is { } reply ? reply.Text : "";
        RespValue? fsync = await AskAsync(engine, cancellationToken, "CONFIG", "GET", "appendfsync").ConfigureAwait(false);
        foreach (string finding in Findings(info, fsync?.Find("appendfsync")?.Text, engine.Options, server.Endpoint))
        {
            RedisLog.ServerWarning(engine.Logger, server.Endpoint.ToString(), finding);
        }
    }

    internal static IEnumerable<string> Findings(string info, string? fsync, RedisEngineOptions options, RedisEndpoint endpoint)
    {
        if (RedisHandshake.Field(info, "aof_enabled") == "0")
        {
            yield return "appendonly is off: a restart or crash loses every task since the last snapshot, and brings settled ones back. Set 'appendonly yes'.";
        }
        else if (fsync == "no")
        {
            yield return "appendfsync is 'no': a power failure loses whatever the operating system had not written. Set 'appendfsync everysec' or 'always'.";
        }

        if (RedisHandshake.Field(info, "maxmemory_policy") is { } policy && policy != "noeviction")
        {
            yield return policy.StartsWith("allkeys", StringComparison.Ordinal)
                ? $"maxmemory-policy is '{policy}': when memory is short Redis deletes whole lanes. Set 'maxmemory-policy noeviction'."
                : $"maxmemory-policy is '{policy}': when memory is short Redis deletes outcomes, claims and locks before their time, so that tasks run twice. Set 'maxmemory-policy noeviction'.";
        }

        if (RedisHandshake.Field(info, "connected_slaves") is { } replicas && replicas != "0" && RedisHandshake.Field(info, "min_slaves_good_slaves") is null)
        {
            yield return "it has replicas and no 'min-replicas-to-write': after a split, a primary that nobody follows goes on accepting tasks that are lost. Set 'min-replicas-to-write 1'.";
        }

        if (options.WaitReplicas > 0 && int.TryParse(RedisHandshake.Field(info, "connected_slaves"), out int connected) && connected < options.WaitReplicas)
        {
            yield return $"{connected} replicas follow it and {nameof(RedisEngineOptions.WaitReplicas)} is {options.WaitReplicas}: nothing can be published until there are more. Start replicas, or lower the option.";
        }

        bool local = endpoint.Host is "localhost" || (IPAddress.TryParse(endpoint.Host, out IPAddress? address) && IPAddress.IsLoopback(address));
        if (!local && !options.Ssl && options.Password is null)
        {
            yield return "it is on another machine, with neither TLS nor a password: whoever reaches it can read and change every task. Use ssl=true and password=….";
        }
    }

    /// <summary>A right that is missing for looking is no reason to fail.</summary>
    private static async Task<RespValue?> AskAsync(RedisEngine engine, CancellationToken cancellationToken, params string[] parts)
    {
        try
        {
            RespValue reply = await engine.Router.CallAsync(-1, parts).WaitAsync(cancellationToken).ConfigureAwait(false);
            return reply.IsError ? null : reply;
        }
        catch (Exception lost) when (lost is not (OperationCanceledException or RedisConnectionException))
        {
            throw new RedisConnectionException($"Redis did not answer {parts[0]}: {lost.Message}", lost);
        }
    }
}
