using System.Globalization;

namespace TypedTasks.Nats.Connection;

/// <summary>A server's address. User and password of a URL are taken out, so that the address can be shown.</summary>
internal sealed record NatsEndpoint(string Host, int Port, bool RequiresTls)
{
    /// <summary>NATS's port.</summary>
    public const int DefaultPort = 4222;

    /// <summary>Whether the server runs on this machine.</summary>
    public bool IsLoopback => Host is "localhost" || (System.Net.IPAddress.TryParse(Host, out System.Net.IPAddress? address) && System.Net.IPAddress.IsLoopback(address));

    /// <summary>Reads <c>nats://host:port</c>, <c>tls://host</c>, <c>host:port</c> or <c>host</c>.</summary>
    /// <exception cref="TaskConfigurationException">It is none of these.</exception>
    public static NatsEndpoint Parse(string text, out string? user, out string? password)
    {
        user = password = null;
        string url = text.Contains("://", StringComparison.Ordinal) ? text : "nats://" + text;
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("nats" or "tls") || uri.Host.Length == 0)
        {
            string shown = text.Contains('@', StringComparison.Ordinal) ? "…" + text[text.LastIndexOf('@')..] : text;
            throw new TaskConfigurationException(
                $"'{shown}' is no address of a NATS server. Set NatsEngineOptions.Servers to addresses such as nats://localhost:4222 or tls://nats.example.org.");
        }

        if (uri.UserInfo.Length > 0)
        {
            string[] parts = uri.UserInfo.Split(':', 2);
            user = Uri.UnescapeDataString(parts[0]);
            password = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : null;
        }

        return new NatsEndpoint(uri.IdnHost, uri.Port > 0 ? uri.Port : DefaultPort, uri.Scheme == "tls");
    }

    /// <summary>The address, without secrets.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
