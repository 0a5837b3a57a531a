using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TypedTasks.TestServers;

/// <summary>What a Redis server refused, in its own words.</summary>
public sealed class RedisReplyException(string message) : Exception(message);

/// <summary>
/// One command on a connection of its own, for preparing and inspecting a test server: independent of the client under test,
/// and in no hurry.
/// </summary>
internal static class RedisCommand
{
    /// <returns>A string, a long, null, or an array of those; a refused command throws.</returns>
    public static async Task<object?> RunAsync(
        string host, int port, string? password, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using TcpClient client = new() { NoDelay = true };
        await client.ConnectAsync(host, port, cancellationToken);
        NetworkStream stream = client.GetStream();
        if (password is not null)
        {
            await SendAsync(stream, ["AUTH", password], cancellationToken);
            Refuse(await ReadAsync(stream, cancellationToken));
        }

        await SendAsync(stream, arguments, cancellationToken);
        object? reply = await ReadAsync(stream, cancellationToken);
        Refuse(reply);
        return reply;
    }

    private static void Refuse(object? reply)
    {
        if (reply is RedisReplyException refusal)
        {
            throw refusal;
        }
    }

    private static async Task SendAsync(NetworkStream stream, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"*{arguments.Count}\r\n");
        foreach (string argument in arguments)
        {
            text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(argument)}\r\n{argument}\r\n");
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
    }

    private static async Task<object?> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        string line = await ReadLineAsync(stream, cancellationToken);
        string rest = line[1..];
        switch (line[0])
        {
            case '+':
                return rest;
            case '-':
                return new RedisReplyException(rest);
            case ':':
                return long.Parse(rest, CultureInfo.InvariantCulture);
            case '$' when rest == "-1":
            case '*' when rest == "-1":
                return null;
            case '$':
                byte[] bytes = new byte[int.Parse(rest, CultureInfo.InvariantCulture) + 2];
                await stream.ReadExactlyAsync(bytes, cancellationToken);
                return Encoding.UTF8.GetString(bytes, 0, bytes.Length - 2);
            case '*':
                object?[] items = new object?[int.Parse(rest, CultureInfo.InvariantCulture)];
                for (int index = 0; index < items.Length; index++)
                {
                    items[index] = await ReadAsync(stream, cancellationToken);
                }

                return items;
            default:
                throw new IOException($"not a Redis reply: {line}");
        }
    }

    private static async Task<string> ReadLineAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        StringBuilder line = new();
        byte[] one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n')
            {
                return line.Length > 1 ? line.ToString(0, line.Length - 1) : throw new IOException("an empty line from Redis");
            }

            line.Append((char)one[0]);
        }
    }
}
