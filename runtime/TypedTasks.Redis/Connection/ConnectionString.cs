using System.Globalization;

namespace TypedTasks.Redis;

/// <summary>Reads connection strings in the form that .NET users know.</summary>
internal static class ConnectionString
{
    internal static RedisEngineOptions Parse(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        var endpoints = new List<string>();
        var options = new RedisEngineOptions();
        foreach (string part in connectionString.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Contains("://", StringComparison.Ordinal))
            {
                // Not shown: a URL may hold a password.
                throw new TaskConfigurationException(
                    "The Redis connection string has a URL in it. Write host:port, and what else the URL says as options: redis.example:6380,user=…,password=…,ssl=true,defaultDatabase=0.");
            }

            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                endpoints.Add(part);
                continue;
            }

            string name = part[..equals].Trim();
            options = Apply(options, name.ToUpperInvariant(), name, part[(equals + 1)..].Trim());
        }

        if (endpoints.Count == 0)
        {
            throw new TaskConfigurationException("The Redis connection string names no server. Start it with host:port, such as localhost:6379.");
        }

        int port = options.ServiceName is not null ? 26379 : options.Ssl ? 6380 : 6379;
        options = options with { Endpoints = [.. endpoints.Select(endpoint => Connection.RedisEndpoint.Parse(endpoint, port).ToString())] };
        return options;
    }

    private static RedisEngineOptions Apply(RedisEngineOptions options, string key, string name, string value) => key switch
    {
        "PASSWORD" => options with { Password = value },
        "USER" => options with { User = value },
        "SSL" => options with { Ssl = Flag(name, value) },
        "SSLHOST" => options with { SslHost = value },
        "DEFAULTDATABASE" => options with { DefaultDatabase = Number(name, value) },
        "SERVICENAME" => options with { ServiceName = value },
        "NAME" or "CLIENTNAME" => options with { ClientName = value },
        "CHANNELPREFIX" or "KEYPREFIX" => options with { KeyPrefix = value },
        "CONNECTTIMEOUT" => options with { ConnectTimeout = TimeSpan.FromMilliseconds(Number(name, value)) },
        "SYNCTIMEOUT" or "ASYNCTIMEOUT" => options with { CommandTimeout = TimeSpan.FromMilliseconds(Number(name, value)) },
        "PROTOCOL" => options with { Protocol = value is "2" or "resp2" ? 2 : 3 },
        "WAITREPLICAS" => options with { WaitReplicas = Number(name, value) },
        "KEEPALIVE" => options with { KeepAlive = TimeSpan.FromSeconds(Number(name, value)) },

        "ABORTCONNECT" => options with { AbortsConnect = Flag(name, value) },

        // Known to .NET users from elsewhere, and without a meaning here: this engine always reconnects, and never runs admin commands by itself.
        "ALLOWADMIN" or "CONNECTRETRY" or "SSLPROTOCOLS" or "RESOLVEDNS" or "VERSION" => options,
        _ => throw new TaskConfigurationException($"The Redis connection string has an option '{name}' that is not known. Remove it, or correct its name."),
    };

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new TaskConfigurationException($"The option '{name}' of the Redis connection string must be a number.");

    private static bool Flag(string name, string value) =>
        bool.TryParse(value, out bool flag)
            ? flag
            : throw new TaskConfigurationException($"The option '{name}' of the Redis connection string must be true or false.");
}
