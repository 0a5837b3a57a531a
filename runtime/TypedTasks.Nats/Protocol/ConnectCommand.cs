using System.Buffers;
using System.Text.Json;

namespace TypedTasks.Nats.Protocol;

/// <summary>What a client proves itself with; each field null where it is not used.</summary>
internal readonly record struct ConnectCredentials(
    string? User = null, string? Password = null, string? Token = null, string? NKey = null, string? Jwt = null, string? Signature = null);

/// <summary>Writes CONNECT, with the PING whose PONG proves that it was accepted.</summary>
internal static class ConnectCommand
{
    private static readonly string Version = typeof(ConnectCommand).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>Writes <c>CONNECT {json}</c> and <c>PING</c>. The bytes hold secrets: the caller clears them after sending.</summary>
    public static void Write(IBufferWriter<byte> destination, string name, bool tls, in ConnectCredentials credentials)
    {
        destination.Write("CONNECT "u8);
        using (var json = new Utf8JsonWriter(destination))
        {
            json.WriteStartObject();
            json.WriteBoolean("verbose"u8, false);
            json.WriteBoolean("pedantic"u8, false);
            json.WriteNumber("protocol"u8, 1);
            json.WriteBoolean("headers"u8, true);
            json.WriteBoolean("no_responders"u8, true);
            json.WriteBoolean("echo"u8, true);
            json.WriteBoolean("tls_required"u8, tls);
            json.WriteString("lang"u8, "dotnet"u8);
            json.WriteString("version"u8, Version);
            json.WriteString("name"u8, name);
            WriteField(json, "user"u8, credentials.User);
            WriteField(json, "pass"u8, credentials.Password);
            WriteField(json, "auth_token"u8, credentials.Token);
            WriteField(json, "nkey"u8, credentials.NKey);
            WriteField(json, "jwt"u8, credentials.Jwt);
            WriteField(json, "sig"u8, credentials.Signature);
            json.WriteEndObject();
        }

        destination.Write("\r\nPING\r\n"u8);
    }

    private static void WriteField(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
