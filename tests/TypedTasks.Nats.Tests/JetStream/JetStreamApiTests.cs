using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.JetStream;

namespace TypedTasks.Nats.Tests.JetStream;

/// <summary>Answers of the JetStream API that are none, from a server that says what the test wants.</summary>
public sealed class JetStreamApiTests
{
    private const string Busy = """{ "error": { "code": 503, "err_code": 10008, "description": "JetStream system temporarily unavailable" } }""";

    [Fact]
    public async Task A_server_that_cannot_do_it_now_is_asked_again()
    {
        await using var server = new ScriptedServer(Busy, Busy, """{ "level": 1 }""");
        await using NatsConnection connection = await ConnectAsync(server);

        JsonElement answer = await NewApi(connection, TimeSpan.FromSeconds(60)).RequestAsync("INFO", null, CancellationToken.None);

        Assert.Equal(1, JetStreamApi.Long(answer, "level"u8));
    }

    [Fact]
    public async Task A_server_that_never_can_is_given_up_with_its_words()
    {
        await using var server = new ScriptedServer(Busy);
        await using NatsConnection connection = await ConnectAsync(server);

        TaskEngineException failure = await Assert.ThrowsAsync<TaskEngineException>(() => NewApi(connection, TimeSpan.FromMilliseconds(1)).RequestAsync("INFO", null, CancellationToken.None).AsTask());

        Assert.Contains("INFO", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("[1]")]
    [InlineData("7")]
    public async Task An_answer_that_is_no_object_is_a_typed_failure(string nonsense)
    {
        await using var server = new ScriptedServer(nonsense);
        await using NatsConnection connection = await ConnectAsync(server);

        TaskEngineException failure = await Assert.ThrowsAsync<TaskEngineException>(() => NewApi(connection, TimeSpan.FromSeconds(60)).RequestAsync("INFO", null, CancellationToken.None).AsTask());

        Assert.Contains("cannot be read", failure.Message, StringComparison.Ordinal);
    }

    private static JetStreamApi NewApi(NatsConnection connection, TimeSpan timeout) => new(connection, new Names("tt", null), timeout, TimeProvider.System);

    private static async Task<NatsConnection> ConnectAsync(ScriptedServer server)
    {
        var connection = new NatsConnection(new ConnectionSettings { Servers = [NatsEndpoint.Parse(server.Url, out _, out _)], ConnectTimeout = TimeSpan.FromSeconds(30) }, NullLogger.Instance);
        await connection.ConnectAsync(CancellationToken.None);
        return connection;
    }

    /// <summary>Gives each request the next answer, and the last one to all that follow.</summary>
    private sealed class ScriptedServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Queue<string> _answers;
        private readonly Task _serving;

        internal ScriptedServer(params string[] answers)
        {
            _answers = new Queue<string>(answers);
            _listener.Start();
            _serving = ServeAsync();
        }

        internal string Url => $"nats://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private async Task ServeAsync()
        {
            using TcpClient client = await _listener.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            await using var writer = new StreamWriter(client.GetStream(), new ASCIIEncoding()) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync("""INFO {"server_id":"scripted","version":"2.10.0","headers":true,"jetstream":true,"max_payload":1048576}""");
            while (await reader.ReadLineAsync() is { } line)
            {
                string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields is ["PING"])
                {
                    await writer.WriteLineAsync("PONG");
                }
                else if (fields is ["PUB", _, { } reply, _])
                {
                    await reader.ReadLineAsync();
                    string answer = _answers.Count > 1 ? _answers.Dequeue() : _answers.Peek();
                    await writer.WriteLineAsync($"MSG {reply} 1 {answer.Length}\r\n{answer}");
                }
            }
        }
    }
}
