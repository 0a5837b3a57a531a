using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TypedTasks.Engine;
using TypedTasks.TestServers;

namespace TypedTasks.Redis.Tests.Connection;

/// <summary>Where Redis may lose something, or hold it back: what is lost is counted, and what is held back comes.</summary>
public sealed class LossTests : RedisTest
{
    [Fact]
    public async Task What_everysec_loses_to_a_kill_is_counted()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync(new RedisServerOptions { AppendOnly = AppendOnly.EverySecond });
        RedisEngine engine = await StartAsync(server.Endpoint);
        var accepted = new ConcurrentDictionary<string, long>();
        using var finished = new CancellationTokenSource();
        Task[] producers = [.. Enumerable.Range(0, 8).Select(producer => Task.Run(async () =>
        {
            for (int number = 0; !finished.IsCancellationRequested; number++)
            {
                string label = $"{producer}/{number}";
                try
                {
                    await PublishAsync(engine, TaskId.New(), label, fresh: true);
                    accepted[label] = Environment.TickCount64;
                }
                catch (TaskException exception) when (exception is TaskUnconfirmedException or TaskRejectedException)
                {
                    // Not accepted, as far as anyone knows.
                }
            }
        }))];
        Assert.True(await UntilAsync(() => accepted.Count >= 2000), "Too little was accepted.");

        long killed = Environment.TickCount64;
        await server.KillAsync();
        await finished.CancelAsync();
        await Task.WhenAll(producers).WaitAsync(Patience);
        await server.StartAgainAsync();

        // One more behind all others, so that the drain knows where the end is.
        TaskId last = TaskId.New();
        while (true)
        {
            try
            {
                await PublishAsync(engine, last, "last");
                break;
            }
            catch (TaskException exception) when (exception is TaskUnconfirmedException or TaskRejectedException)
            {
                // The server is just coming up: the same id again.
            }
        }

        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 30);
        var found = new HashSet<string>();
        while (!found.Contains("last"))
        {
            Delivery delivery = await ReceiveAsync(consumer);
            found.Add(LabelOf(delivery));
            await SettleAsync(consumer, Complete(delivery));
        }

        string[] lost = [.. accepted.Keys.Where(label => !found.Contains(label))];
        TestContext.Current.TestOutputHelper?.WriteLine($"everysec and kill -9: {lost.Length} of {accepted.Count} accepted tasks lost");

        // Redis holds a write back for two seconds at most, when the disk stalls.
        Assert.All(lost, label => Assert.True(accepted[label] > killed - 3000, $"{label} was accepted {killed - accepted[label]} ms before the kill, and is lost."));
    }

    [Fact]
    public async Task A_planned_failover_loses_nothing_and_the_engine_follows()
    {
        await using RedisServerProcess first = await RedisServerProcess.StartAsync();
        await using RedisServerProcess second = await FollowAsync(first);
        RedisEngine engine = await StartAsync($"{first.Endpoint},{second.Endpoint}");
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 2);
        var accepted = new ConcurrentDictionary<string, bool>();
        using var finished = new CancellationTokenSource();
        using var drained = new CancellationTokenSource();
        Task[] producers = [.. Enumerable.Range(0, 4).Select(producer => Task.Run(() => ProduceAsync(producer)))];
        var running = Task.Run(() => DrainAsync(consumer, count => drained.IsCancellationRequested && count >= accepted.Count));
        Assert.True(await UntilAsync(() => accepted.Count >= 200), "Too little was accepted.");

        Assert.Equal("OK", await first.CommandAsync("FAILOVER", "TO", second.Host, $"{second.Port}", "TIMEOUT", "10000"));
        int target = accepted.Count + 200;
        Assert.True(await UntilAsync(() => accepted.Count >= target), $"Nothing more was accepted: {string.Join(Environment.NewLine, Log.Lines.TakeLast(5))}");
        await finished.CancelAsync();
        await Task.WhenAll(producers).WaitAsync(Patience);
        accepted.TryAdd("last", true);
        await drained.CancelAsync();
        await PublishAsync(engine, TaskId.New(), "last");

        ConcurrentDictionary<string, int> seen = await running.WaitAsync(Patience);
        Assert.Empty(accepted.Keys.Except(seen.Keys));
        Assert.Contains("role:master", (string)(await second.CommandAsync("INFO", "replication"))!, StringComparison.Ordinal);

        async Task ProduceAsync(int producer)
        {
            for (int number = 0; !finished.IsCancellationRequested; number++)
            {
                TaskId id = TaskId.New();
                for (bool isAccepted = false; !isAccepted;)
                {
                    try
                    {
                        await PublishAsync(engine, id, $"{producer}/{number}");
                        isAccepted = accepted.TryAdd($"{producer}/{number}", true);
                    }
                    catch (TaskException exception) when (exception is TaskUnconfirmedException or TaskRejectedException)
                    {
                        // The same id again.
                    }
                }
            }
        }
    }

    [Fact]
    public async Task A_blocking_read_that_is_cut_off_takes_no_task_into_nowhere()
    {
        await using RedisServerProcess server = await RedisServerProcess.StartAsync();
        await using FaultProxy proxy = FaultProxy.Start(server.Port);
        RedisEngine producer = await StartAsync(server.Endpoint, options => options with { ClientName = "producer" });
        RedisEngine engine = await StartAsync(
            $"127.0.0.1:{proxy.Port}", options => options with { CommandTimeout = TimeSpan.FromMilliseconds(500), KeepAlive = TimeSpan.FromMilliseconds(300), ConnectTimeout = TimeSpan.FromSeconds(1) });
        await using ILaneConsumer consumer = await ConsumeAsync(engine, lease: 60);
        Task<Delivery> receiving = ReceiveAsync(consumer);
        Assert.True(await UntilAsync(() => Clients().Any(IsReading)), "Nobody reads.");
        HashSet<string> before = [.. Clients().Where(IsReading).Select(IdOf)];

        // To the server the connections stay as they are; the engine gives them up, and gets others.
        proxy.GoSilent();
        Assert.True(await UntilAsync(() => Log.Lines.Any(line => line.Contains("the connection is half-open", StringComparison.Ordinal))), "The engine did not give its reading connection up.");
        proxy.ToServer.Swallow = false;
        proxy.ToClient.Swallow = false;

        Assert.True(await UntilAsync(() => Clients().Any(IsReading) && Clients().All(client => !before.Contains(IdOf(client)))), "The old reading connection is still there.");
        await PublishAsync(producer, TaskId.New(), "after");
        Delivery delivery = await receiving;
        Assert.Equal(("after", 1), (LabelOf(delivery), delivery.Attempt));

        string[] Clients() => [.. ((string)server.CommandAsync("CLIENT", "LIST").GetAwaiter().GetResult()!)
            .Split('\n').Where(line => line.Contains("name=typedtasks", StringComparison.Ordinal))];

        static bool IsReading(string client) => client.Contains("cmd=xreadgroup", StringComparison.Ordinal) && client.Contains("flags=b", StringComparison.Ordinal);

        static string IdOf(string client) => client.Split(' ')[0];
    }

    [Theory]
    [InlineData("6.0.16")]
    [InlineData("5.0.14")]
    public async Task A_server_that_is_too_old_is_refused_with_its_version(string version)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stopping = new CancellationTokenSource();
        Task serving = ServeAsync();

        TaskConfigurationException refused = await Assert.ThrowsAsync<TaskConfigurationException>(() => StartAsync($"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));

        Assert.Contains($"version {version}; this engine needs 6.2", refused.Message, StringComparison.Ordinal);
        await stopping.CancelAsync();
        await serving;

        // Knows enough of the protocol to say hello: version 5 does not know HELLO.
        async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    TcpClient client = await listener.AcceptTcpClientAsync(stopping.Token);
                    _ = AnswerAsync(client);
                }
            }
            catch (OperationCanceledException)
            {
            }
        }

        async Task AnswerAsync(TcpClient client)
        {
            using (client)
            {
                NetworkStream stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                while (await reader.ReadLineAsync(stopping.Token) is { } head)
                {
                    var words = new List<string>();
                    for (int left = int.Parse(head[1..], System.Globalization.CultureInfo.InvariantCulture); left > 0; left--)
                    {
                        char[] word = new char[int.Parse((await reader.ReadLineAsync(stopping.Token))![1..], System.Globalization.CultureInfo.InvariantCulture) + 2];
                        await reader.ReadBlockAsync(word, stopping.Token);
                        words.Add(new string(word, 0, word.Length - 2));
                    }

                    string info = $"redis_version:{version}\r\nredis_mode:standalone\r\n";
                    await stream.WriteAsync(Encoding.Latin1.GetBytes(words[0] switch
                    {
                        "HELLO" when version.StartsWith('5') => "-ERR unknown command `HELLO`\r\n",
                        "HELLO" => $"%4\r\n+version\r\n+{version}\r\n+proto\r\n:3\r\n+id\r\n:1\r\n+mode\r\n+standalone\r\n",
                        "ROLE" => "*3\r\n+master\r\n:0\r\n*0\r\n",
                        "SCRIPT" => "$40\r\n" + new string('0', 40) + "\r\n",
                        "INFO" => $"${info.Length}\r\n{info}\r\n",
                        "CLIENT" when words[1] is "SETNAME" => "+OK\r\n",
                        "CLIENT" when words[1] is "ID" => ":1\r\n",
                        _ => "-ERR unknown subcommand\r\n",
                    }), stopping.Token);
                }
            }
        }
    }
}
