using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedTasks.Conformance.Worker;
using TypedTasks.Engine;
using TypedTasks.Nats.Authentication;
using TypedTasks.Nats.JetStream;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.Faults;

/// <summary>Starting: each kind of credentials and TLS against a real server, and an error that names the setting for each thing that is wrong.</summary>
public sealed class StartTests
{
    private const string Seed = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY";
    private const string PublicKey = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4";

    private const string LeastRights = """
        tt.> $JS.API.INFO $JS.API.STREAM.NAMES
        $JS.API.STREAM.*.tt_delay $JS.API.STREAM.*.tt_dead $JS.API.STREAM.*.tt_tasks $JS.API.STREAM.*.tt_state
        $JS.API.STREAM.MSG.DELETE.tt_delay $JS.API.STREAM.MSG.DELETE.tt_dead $JS.API.STREAM.MSG.DELETE.tt_tasks $JS.API.STREAM.MSG.DELETE.tt_state
        $JS.API.DIRECT.GET.*
        $JS.API.STREAM.*.tt_q_faults $JS.API.STREAM.MSG.DELETE.tt_q_faults $JS.API.CONSUMER.*.tt_q_faults $JS.API.CONSUMER.*.tt_q_faults.*
        $JS.API.CONSUMER.DURABLE.CREATE.tt_q_faults.* $JS.API.CONSUMER.MSG.NEXT.tt_q_faults.* $JS.ACK.tt_q_faults.>
        """;

    [Theory]
    [InlineData("authorization { user: joe, password: \"s3cr3t\" }", "user")]
    [InlineData("authorization { token: \"t0k3n\" }", "token")]
    [InlineData("authorization { users: [ { nkey: " + PublicKey + " } ] }", "nkey")]
    public async Task The_right_credentials_open_and_the_wrong_ones_are_named(string configuration, string kind)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { Configuration = configuration });
        NatsAuthentication right = kind switch
        {
            "user" => NatsAuthentication.UserPassword("joe", "s3cr3t"),
            "token" => NatsAuthentication.Token("t0k3n"),
            _ => NatsAuthentication.NKey(Seed),
        };
        await using (NatsEngine engine = NewEngine(server.Port, options => options.Authentication = right))
        {
            await engine.StartAsync([TestLane], CancellationToken.None);
            await PublishAsync(engine, TaskId.New());
        }

        Assert.Contains("NatsEngineOptions.Authentication", await FailureAsync(server, options => options.Authentication = NatsAuthentication.UserPassword("joe", "wrong")), StringComparison.Ordinal);
        Assert.Contains("NatsEngineOptions.Authentication", await FailureAsync(server, _ => { }), StringComparison.Ordinal);
    }

    /// <summary>Such a task would be put off for ever, or its worker would try for ever to record that it is done.</summary>
    [Fact]
    public async Task A_key_that_is_to_be_remembered_for_longer_than_anything_is_kept_is_named_at_the_start()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(new Stage(TimeProvider.System));
        builder.Services.AddTypedTasks(tasks => tasks
            .UseNats($"nats://127.0.0.1:{server.Port}", options => options.MaxRetention = TimeSpan.FromHours(1))
            .AddWorker<IProbe, ProbeHandler>());
        using IHost host = builder.Build();

        TaskConfigurationException refused = await Assert.ThrowsAsync<TaskConfigurationException>(() => host.StartAsync());

        Assert.Contains("probe.keyed is to be remembered for 06:00:00", refused.Message, StringComparison.Ordinal);
        Assert.Contains("longer than 01:00:00", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_says_where_it_is_connected_and_keeps_the_password()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { Configuration = "authorization { user: joe, password: \"s3cr3t\" }" });
        var options = new NatsEngineOptions();
        options.Servers.Add($"nats://joe:s3cr3t@127.0.0.1:{server.Port}");
        var log = new Warnings(LogLevel.Information);
        await using var engine = new NatsEngine(options, TimeProvider.System, log);
        await engine.StartAsync([TestLane], CancellationToken.None);

        Assert.Contains(log.Lines, line => line.StartsWith($"Connected to the NATS server at 127.0.0.1:{server.Port}, version ", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("s3cr3t", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ServerVersion.Floor, NatsStorage.File, true)]
    [InlineData(ServerVersion.Floor, NatsStorage.Memory, false)]
    [InlineData(ServerVersion.Newest, NatsStorage.File, false)]
    public async Task A_server_that_drops_tasks_when_it_is_killed_is_warned_of(ServerVersion version, NatsStorage storage, bool warns)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { Version = version });
        var options = new NatsEngineOptions { Storage = storage };
        options.Servers.Add(server.Url);
        var log = new Warnings();
        await using var engine = new NatsEngine(options, TimeProvider.System, log);
        await engine.StartAsync([TestLane], CancellationToken.None);
        Assert.Equal(warns, log.Lines.Any(line => line.Contains("before 2.10.6", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Tls_is_used_where_it_is_trusted_and_refused_where_it_is_not()
    {
        using TestCertificates certificates = TestCertificates.Create();
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { Tls = certificates, VerifyClients = true });
        await using NatsEngine engine = NewEngine(server.Port, options => Trust(options, certificates), "tls");
        await engine.StartAsync([TestLane], CancellationToken.None);
        await PublishAsync(engine, TaskId.New());

        Assert.Contains("NatsEngineOptions.Tls", await FailureAsync(server, _ => { }, "tls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_offers_no_tls_is_refused_where_it_is_required()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();

        Assert.Contains("RequireTls", await FailureAsync(server, options => options.Tls.RequireTls = true), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_jetstream_is_named()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions { JetStream = false });

        Assert.Contains("JetStream is not enabled", await FailureAsync(server, _ => { }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_and_found_when_it_is()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await server.KillAsync();
        await using NatsEngine engine = NewEngine(server.Port, options => options.ConnectTimeout = TimeSpan.FromMilliseconds(500));

        TaskEngineException error = await Assert.ThrowsAsync<TaskEngineException>(() => engine.StartAsync([TestLane], CancellationToken.None).AsTask());
        Assert.Contains("NatsEngineOptions.Servers", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<TaskEngineException>(() => engine.StartAsync([TestLane], CancellationToken.None).AsTask());

        await server.StartAgainAsync();
        await UntilStartedAsync(engine);
        await PublishAsync(engine, TaskId.New());
    }

    [Fact]
    public async Task An_engine_that_is_stopped_says_so_typed()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        NatsEngine engine = NewEngine(server.Port);
        await engine.StartAsync([TestLane], CancellationToken.None);
        await engine.DisposeAsync();

        await Assert.ThrowsAsync<TaskEngineException>(() => engine.StartAsync([TestLane], CancellationToken.None).AsTask());
        Assert.Equal(TaskRejection.Stopped, (await Assert.ThrowsAsync<TaskRejectedException>(() => PublishAsync(engine, TaskId.New()).AsTask())).Reason);
    }

    [Fact]
    public async Task A_lane_that_cannot_be_opened_leaves_no_consumer_behind()
    {
        await using NatsServerProcess server = await StartAsync("publish: { deny: \"$JS.API.DIRECT.GET.tt_state\" }");
        await using NatsEngine engine = NewEngine(server.Port, options => options.Authentication = NatsAuthentication.UserPassword("joe", "p"));
        await engine.StartAsync([TestLane], CancellationToken.None);

        await Assert.ThrowsAsync<TaskEngineException>(() => engine.ConsumeAsync(TestLane, new LaneConsumerOptions(), CancellationToken.None).AsTask());

        Assert.Empty(engine.Consumers);
    }

    [Fact]
    public async Task A_stream_that_differs_is_reported_with_both_values()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using (NatsEngine engine = NewEngine(server.Port, options => options.MaxTasksPerQueue = 1000))
        {
            await engine.StartAsync([TestLane], CancellationToken.None);
        }

        string message = await FailureAsync(server, options => options.MaxTasksPerQueue = 2000);

        Assert.Contains("max_msgs is 1000, wanted 2000 (NatsEngineOptions.MaxTasksPerQueue)", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_permission_that_is_missing_refuses_the_task_at_once()
    {
        await using NatsServerProcess server = await StartAsync("publish: { deny: \"tt.q.faults.>\" }");
        await using NatsEngine engine = NewEngine(server.Port, options => options.Authentication = NatsAuthentication.UserPassword("joe", "p"));
        await engine.StartAsync([TestLane], CancellationToken.None);

        TaskRejectedException error = await Assert.ThrowsAsync<TaskRejectedException>(() => PublishAsync(engine, TaskId.New()).AsTask());

        Assert.Equal(TaskRejection.Refused, error.Reason);
    }

    [Fact]
    public async Task The_least_rights_of_the_page_are_enough()
    {
        string publish = string.Join(", ", LeastRights.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(subject => $"\"{subject}\""));
        await using NatsServerProcess server = await StartAsync($"publish: [{publish}], subscribe: [\"_INBOX.>\", \"tt.t.*\", \"tt.b.>\"]");
        await using NatsEngine engine = NewEngine(server.Port, options => options.Authentication = NatsAuthentication.UserPassword("joe", "p"));
        await engine.StartAsync([TestLane], CancellationToken.None);
        TaskId id = TaskId.New();
        await PublishAsync(engine, id, isFresh: false);
        Task<TaskStatusReport> waiting = engine.Outcomes.WaitAsync(id, CancellationToken.None).AsTask();
        var runs = new System.Collections.Concurrent.ConcurrentDictionary<TaskId, int>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        await WorkAsync(engine, runs, () => !runs.IsEmpty, TimeSpan.FromMinutes(1), limit.Token);

        Assert.Equal(TaskState.Succeeded, (await waiting.WaitAsync(limit.Token)).State);
        await engine.Outcomes.ForgetAsync(id, limit.Token);
        await engine.Administration.PauseAsync(TestLane.Queue, limit.Token);
        await engine.Administration.PurgeAsync(TestLane, limit.Token);
        Assert.Equal([TestLane], await engine.Administration.ListLanesAsync(limit.Token));
    }

    [Fact]
    public void Options_that_cannot_be_are_named_all_at_once()
    {
        TaskConfigurationException error = Assert.Throws<TaskConfigurationException>(() => NewEngine(4222, options =>
        {
            options.Prefix = "a b";
            options.Replicas = 0;
            options.DuplicateWindow = TimeSpan.FromSeconds(1);
        }));

        Assert.All(["Prefix", "Replicas", "DuplicateWindow"], name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    // Half a second may be too little for a busy machine: then it is tried again, as a host does.
    private static async Task UntilStartedAsync(NatsEngine engine)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                await engine.StartAsync([TestLane], limit.Token);
                return;
            }
            catch (TaskEngineException) when (!limit.IsCancellationRequested)
            {
            }
        }
    }

    [Fact]
    public void Times_without_end_are_named_like_any_other_mistake()
    {
        TaskConfigurationException error = Assert.Throws<TaskConfigurationException>(() => NewEngine(4222, options =>
            options.PublishTimeout = options.RequestTimeout = options.ConnectTimeout = options.PingInterval = options.MaxReconnectDelay = options.MaxRetention = TimeSpan.MaxValue));

        Assert.All(["PublishTimeout", "RequestTimeout", "ConnectTimeout", "PingInterval", "MaxReconnectDelay", "MaxRetention"], name => Assert.Contains($"{name} 1", error.Message, StringComparison.Ordinal));
    }

    /// <summary>A server on which joe has these permissions.</summary>
    private static Task<NatsServerProcess> StartAsync(string permissions) => NatsServerProcess.StartAsync(new NatsServerOptions
    {
        Configuration = $"authorization {{ users: [ {{ user: joe, password: p, permissions: {{ {permissions} }} }} ] }}",
    });

    private static void Trust(NatsEngineOptions options, TestCertificates certificates)
    {
        options.Tls.TrustedRoots = [certificates.Authority];
        options.Tls.ClientCertificate = certificates.Client;
    }

    private static async Task<string> FailureAsync(NatsServerProcess server, Action<NatsEngineOptions> configure, string scheme = "nats")
    {
        await using NatsEngine engine = NewEngine(server.Port, configure, scheme);
        TaskConfigurationException error = await Assert.ThrowsAsync<TaskConfigurationException>(() => engine.StartAsync([TestLane], CancellationToken.None).AsTask());
        Assert.DoesNotContain("s3cr3t", error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    private sealed class Warnings(LogLevel least = LogLevel.Warning) : ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));
    }
}
