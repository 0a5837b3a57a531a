using System.Text.Json;

namespace TypedTasks.Nats.Protocol;

/// <summary>What a server says of itself.</summary>
internal sealed record ServerInfo
{
    /// <summary>New with every start of the server: tells a restart.</summary>
    public string ServerId { get; init; } = "";

    /// <summary>The server's name.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>The version.</summary>
    public Version Version { get; init; } = new(0, 0, 0);

    /// <summary>The largest message it takes.</summary>
    public int MaxPayload { get; init; } = 1024 * 1024;

    /// <summary>Whether it takes headers.</summary>
    public bool Headers { get; init; }

    /// <summary>Whether it offers JetStream.</summary>
    public bool JetStream { get; init; }

    /// <summary>Whether it wants credentials.</summary>
    public bool AuthRequired { get; init; }

    /// <summary>Whether it insists on TLS.</summary>
    public bool TlsRequired { get; init; }

    /// <summary>Whether it offers TLS.</summary>
    public bool TlsAvailable { get; init; }

    /// <summary>Whether it is about to go: connections are to move.</summary>
    public bool LameDuck { get; init; }

    /// <summary>What to sign.</summary>
    public string Nonce { get; init; } = "";

    /// <summary>The other members of the cluster.</summary>
    public IReadOnlyList<string> ConnectUrls { get; init; } = [];

    /// <summary>Reads the JSON of an INFO line; fields that are unknown are skipped.</summary>
    /// <exception cref="NatsProtocolException">It is no such JSON.</exception>
    public static ServerInfo Parse(ReadOnlySpan<byte> json)
    {
        var info = new ServerInfo();
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new NatsProtocolException("The server broke the protocol: INFO holds no object.");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                info = ReadField(ref reader, info);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new NatsProtocolException("The server broke the protocol: INFO cannot be read.");
        }

        return info;
    }

    private static ServerInfo ReadField(ref Utf8JsonReader reader, ServerInfo info)
    {
        string name = reader.GetString()!;
        reader.Read();
        switch (name)
        {
            case "server_id": return info with { ServerId = reader.GetString() ?? "" };
            case "server_name": return info with { ServerName = reader.GetString() ?? "" };
            case "version": return info with { Version = ParseVersion(reader.GetString()) };
            case "max_payload": return info with { MaxPayload = (int)Math.Clamp(reader.GetInt64(), 0, NatsLimits.Message) };
            case "headers": return info with { Headers = reader.GetBoolean() };
            case "jetstream": return info with { JetStream = reader.GetBoolean() };
            case "auth_required": return info with { AuthRequired = reader.GetBoolean() };
            case "tls_required": return info with { TlsRequired = reader.GetBoolean() };
            case "tls_available": return info with { TlsAvailable = reader.GetBoolean() };
            case "ldm": return info with { LameDuck = reader.GetBoolean() };
            case "nonce": return info with { Nonce = reader.GetString() ?? "" };
            case "connect_urls" when reader.TokenType == JsonTokenType.StartArray: return info with { ConnectUrls = ReadStrings(ref reader) };
            default:
                reader.Skip();
                return info;
        }
    }

    private static List<string> ReadStrings(ref Utf8JsonReader reader)
    {
        var values = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (values.Count < 256 && reader.TokenType == JsonTokenType.String)
            {
                values.Add(reader.GetString()!);
            }
            else
            {
                reader.Skip();
            }
        }

        return values;
    }

    // "2.9.10", "2.12.0-RC.1": what follows the numbers does not matter here.
    private static Version ParseVersion(string? text)
    {
        string numbers = (text ?? "").Split('-', '+')[0];
        return Version.TryParse(numbers, out Version? version) ? version : new Version(0, 0, 0);
    }
}
