using System.Globalization;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Connection;

/// <summary>
/// The first words on a connection: <c>HELLO 3 AUTH … SETNAME …</c>, falling back to RESP2 and <c>AUTH</c>; then the database, the role and the scripts.
/// </summary>
/// <remarks>It runs on buffers of its own, which are wiped, because they held a password.</remarks>
internal sealed class RedisHandshake(Stream stream, RedisEngineOptions options, RedisEndpoint endpoint) : IDisposable
{
    private readonly RespBuffer _request = new(16 * 1024);
    private readonly RespIncoming _incoming = new(RespLimits.Default);

    internal async Task<ServerIdentity> RunAsync(ConnectionPurpose purpose, IReadOnlyList<string> scripts, CancellationToken cancellationToken)
    {
        ServerIdentity server = await SayHelloAsync(purpose, cancellationToken).ConfigureAwait(false);
        if (purpose is ConnectionPurpose.Sentinel)
        {
            return server;
        }

        int asked = 0;
        if (options.DefaultDatabase != 0)
        {
            asked += Ask("SELECT", options.DefaultDatabase.ToString(CultureInfo.InvariantCulture));
        }

        if (purpose is not ConnectionPurpose.Subscribing)
        {
            asked += Ask("CLIENT", "INFO") + Ask("ROLE");
        }

        if (purpose is ConnectionPurpose.Commands)
        {
            foreach (string script in scripts)
            {
                asked += Ask("SCRIPT", "LOAD", script);
            }
        }

        if (asked == 0)
        {
            return server;
        }

        RespValue[] replies = await ExchangeAsync(asked, cancellationToken).ConfigureAwait(false);
        int next = 0;
        if (options.DefaultDatabase != 0)
        {
            Require(replies[next++], $"database {options.DefaultDatabase}; set defaultDatabase to one that exists (a cluster has only 0)");
        }

        if (purpose is not ConnectionPurpose.Subscribing)
        {
            server = server with { ClientAddress = AddressIn(replies[next++]) };
            CheckRole(replies[next++]);
        }

        for (; next < replies.Length; next++)
        {
            Require(replies[next], "SCRIPT LOAD; give the user '+@scripting' (or '+eval +evalsha +script|load')");
        }

        return server;
    }

    public void Dispose()
    {
        _request.Wipe();
        _request.Reset(0);
        _incoming.Dispose();
    }

    private async Task<ServerIdentity> SayHelloAsync(ConnectionPurpose purpose, CancellationToken cancellationToken)
    {
        bool authenticates = options.Password is not null && purpose is not ConnectionPurpose.Sentinel;
        if (options.Protocol == 2)
        {
            return await FallBackAsync(authenticates, cancellationToken).ConfigureAwait(false);
        }

        _request.WriteCommand(2 + (authenticates ? 3 : 0) + 2);
        _request.WriteBulk("HELLO"u8);
        _request.WriteBulk("3"u8);
        if (authenticates)
        {
            _request.WriteBulk("AUTH"u8);
            _request.WriteBulk(options.User ?? "default");
            _request.WriteBulk(options.Password!);
        }

        _request.WriteBulk("SETNAME"u8);
        _request.WriteBulk(options.ClientName);
        RespValue hello = (await ExchangeAsync(1, cancellationToken).ConfigureAwait(false))[0];
        if (!hello.IsError)
        {
            return new ServerIdentity(
                endpoint,
                Version.TryParse(hello.Find("version")?.Text, out Version? version) ? version : new Version(0, 0),
                (int)(hello.Find("proto")?.Integer ?? 2),
                hello.Find("id")?.Integer ?? 0,
                hello.Find("mode")?.Text == "cluster");
        }

        RespError error = hello.Error;
        if (error.Kind is RespErrorKind.NoProtocol || error.Message.StartsWith("ERR unknown command", StringComparison.OrdinalIgnoreCase))
        {
            return await FallBackAsync(authenticates, cancellationToken).ConfigureAwait(false);
        }

        throw Refusal(error);
    }

    /// <summary>A server, or something before it, that does not speak RESP3.</summary>
    private async Task<ServerIdentity> FallBackAsync(bool authenticates, CancellationToken cancellationToken)
    {
        int asked = 0;
        if (authenticates)
        {
            asked += options.User is null ? Ask("AUTH", options.Password!) : Ask("AUTH", options.User, options.Password!);
        }

        asked += Ask("CLIENT", "SETNAME", options.ClientName);
        asked += Ask("CLIENT", "ID");
        asked += Ask("INFO", "server");
        RespValue[] replies = await ExchangeAsync(asked, cancellationToken).ConfigureAwait(false);
        if (replies.FirstOrDefault(reply => reply.IsError && reply.Error.Kind is RespErrorKind.WrongPassword or RespErrorKind.NoAuth) is { } refused)
        {
            throw Refusal(refused.Error);
        }

        string info = replies[^1].IsError ? "" : replies[^1].Text;
        return new ServerIdentity(
            endpoint,
            Version.TryParse(Field(info, "redis_version"), out Version? version) ? version : new Version(0, 0),
            2,
            replies[^2].IsError ? 0 : replies[^2].Integer,
            Field(info, "redis_mode") == "cluster");
    }

    // The right to ask may be missing, and the server may be too old: then the address is as far as we know it.
    private static string? AddressIn(RespValue client) => client.IsError
        ? null
        : client.Text.Split(' ').FirstOrDefault(field => field.StartsWith("addr=", StringComparison.Ordinal))?["addr=".Length..];

    internal static string? Field(string info, string name)
    {
        foreach (string line in info.Split('\n'))
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] == ':')
            {
                return line[(name.Length + 1)..].TrimEnd('\r');
            }
        }

        return null;
    }

    private RedisRefusedException Refusal(RespError error) => new(error.Kind switch
    {
        RespErrorKind.NoAuth => $"Redis at {endpoint} asks for a password and none is configured. Add password=… (and user=… for an ACL user) to the connection string.",
        RespErrorKind.WrongPassword => $"Redis at {endpoint} refuses the user '{options.User ?? "default"}' with this password. Correct user=… and password=… in the connection string.",
        RespErrorKind.NoPermission => $"Redis at {endpoint} lacks a right for the user '{options.User ?? "default"}': {error.Message}. Give the user the rights of the ACL example.",
        _ => $"Redis at {endpoint} refuses the connection: {error.Message}",
    });

    private void CheckRole(RespValue role)
    {
        // Without the right to ask, the first write will tell.
        if (!role.IsError && role[0].Text is not "master")
        {
            throw new RedisConnectionException(
                $"Redis at {endpoint} is a read-only replica. Connect to the primary, or name the Sentinels and serviceName=… so that it is found.");
        }
    }

    private void Require(RespValue reply, string what)
    {
        if (reply.IsError)
        {
            RespError error = reply.Error;
            if (error.Kind is RespErrorKind.Loading or RespErrorKind.Busy or RespErrorKind.MasterDown)
            {
                throw new RedisConnectionException($"Redis at {endpoint} is not ready yet: {error.Message}") { IsPassing = true };
            }

            throw new RedisRefusedException($"Redis at {endpoint} refuses {what}. It says: {error.Message}");
        }
    }

    private int Ask(params ReadOnlySpan<string> parts)
    {
        _request.WriteCommand(parts.Length);
        foreach (string part in parts)
        {
            _request.WriteBulk(part);
        }

        return 1;
    }

    private async Task<RespValue[]> ExchangeAsync(int count, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_request.Memory, cancellationToken).ConfigureAwait(false);
        _request.Wipe();
        var replies = new List<RespValue>(count);
        while (replies.Count < count)
        {
            int received = await stream.ReadAsync(_incoming.Free, cancellationToken).ConfigureAwait(false);
            if (received == 0)
            {
                throw new IOException("The server closed the connection during the handshake.");
            }

            _incoming.Received(received);
            TakeInto(replies);
        }

        return [.. replies];
    }

    private void TakeInto(List<RespValue> replies)
    {
        while (_incoming.TryTake(out ReadOnlySpan<byte> bytes))
        {
            var reply = new RespReader(bytes);
            replies.Add(RespValue.Read(ref reply));
        }
    }
}
