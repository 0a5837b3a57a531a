using TypedTasks.Engine;
using TypedTasks.Nats.Authentication;
using TypedTasks.Nats.JetStream;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.Faults;

/// <summary>A task under an id of the caller's is sent once the server was asked whether it has had the id: what becomes of it when that goes wrong.</summary>
public sealed class KnownIdTests
{
    [Theory]
    [InlineData("tt_tasks")]
    [InlineData("tt_dead")]
    public async Task An_id_that_cannot_be_looked_up_refuses_its_task(string stream)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync(new NatsServerOptions
        {
            Configuration = $"authorization {{ users: [ {{ user: joe, password: p, permissions: {{ publish: {{ deny: \"$JS.API.DIRECT.GET.{stream}\" }} }} }} ] }}",
        });
        await using NatsEngine engine = NewEngine(server.Port, options => options.Authentication = NatsAuthentication.UserPassword("joe", "p"));
        await engine.StartAsync([TestLane], CancellationToken.None);

        TaskRejectedException refused = await Assert.ThrowsAsync<TaskRejectedException>(() => PublishAsync(engine, TaskId.New(), isFresh: false).AsTask());

        Assert.Equal(TaskRejection.Refused, refused.Reason);
        Assert.Contains("was not sent", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Grant the permissions", refused.Message, StringComparison.Ordinal);
        Assert.Equal(PublishStatus.Accepted, await PublishAsync(engine, TaskId.New()));
    }

    [Fact]
    public async Task A_caller_who_gives_up_while_it_is_looked_up_has_sent_nothing()
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port, options => options.PingInterval = TimeSpan.FromMinutes(1));
        await engine.StartAsync([TestLane], CancellationToken.None);
        TaskId id = TaskId.New();
        using var impatience = new CancellationTokenSource();

        await server.PauseAsync();
        Task<PublishStatus> publishing = engine.PublishAsync(new TaskAddress(TestLane, id, default), new Raw("payload"u8.ToArray()), impatience.Token).AsTask();
        await impatience.CancelAsync();
        OperationCanceledException given = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing);
        await server.ResumeAsync();

        Assert.Equal(impatience.Token, given.CancellationToken);
        Assert.Equal(PublishStatus.Accepted, await PublishAsync(engine, id, isFresh: false));
        Assert.Equal(PublishStatus.Duplicate, await PublishAsync(engine, id, isFresh: false));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Callers_who_give_up_at_any_moment_get_an_answer_and_no_call_is_another_s(bool isFresh)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port);
        await engine.StartAsync([TestLane], CancellationToken.None);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            for (int i = 0; i < 100; i++)
            {
                TaskId id = TaskId.New();
                using var impatience = new CancellationTokenSource();
                ValueTask<PublishStatus> publishing = engine.PublishAsync(new TaskAddress(TestLane, id, default) { IsFresh = isFresh }, new Raw("payload"u8.ToArray()), impatience.Token);
                Task giving = Task.Run(() =>
                {
                    Thread.SpinWait(random.Next(20_000));
                    impatience.Cancel();
                });
                bool isAccepted = false;
                try
                {
                    isAccepted = await publishing == PublishStatus.Accepted;
                    Assert.True(isAccepted);
                }
                catch (OperationCanceledException given)
                {
                    Assert.Equal(impatience.Token, given.CancellationToken);
                }

                await giving;
                PublishStatus again = await PublishAsync(engine, id, isFresh: false);
                Assert.True(!isAccepted || again == PublishStatus.Duplicate);
            }
        })));

        Assert.Equal(1600, (await engine.Administration.GetStatisticsAsync(TestLane, CancellationToken.None)).Ready);
    }
}
