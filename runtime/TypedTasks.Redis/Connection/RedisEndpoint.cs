using System.Globalization;

namespace TypedTasks.Redis.Connection;

/// <summary>A host and a port.</summary>
internal readonly record struct RedisEndpoint(string Host, int Port)
{
    /// <summary>Reads <c>host</c>, <c>host:port</c>, or an IPv6 address in brackets with or without a port.</summary>
    internal static RedisEndpoint Parse(string text, int defaultPort)
    {
        int colon = text.LastIndexOf(':');
        bool bare = colon < 0 || text.EndsWith(']') || (text.IndexOf(':', StringComparison.Ordinal) != colon && text[0] != '[');
        string host = (bare ? text : text[..colon]).Trim('[', ']');
        int port = defaultPort;
        if (host.Length == 0 || (!bare && (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)))
        {
            throw new TaskConfigurationException($"'{text}' is not a Redis endpoint. Write host:port, such as localhost:6379.");
        }

        return new RedisEndpoint(host, port);
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
