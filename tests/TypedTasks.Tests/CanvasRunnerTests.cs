using TypedTasks.Canvases;
using TypedTasks.Diagnostics;
using TypedTasks.Embedded;
using TypedTasks.Engine;
using TypedTasks.MessagePack;

namespace TypedTasks.Tests;

/// <summary>What comes from other processes cannot make a worker go round for ever.</summary>
public sealed class CanvasRunnerTests : IAsyncDisposable
{
    private static readonly TaskId Group = TaskId.New();

    private readonly EmbeddedEngine _engine = new(new EmbeddedEngineOptions(), TimeProvider.System);
    private readonly CanvasRunner _runner;

    public CanvasRunnerTests() => _runner = new CanvasRunner(_engine, TimeProvider.System, TaskMetrics.Shared, static item => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false));

    private static CanvasSequence Join => CanvasSequence.Read(CanvasFormat.WriteJoin(Group, 0));

    private static CanvasCarry Carry => new() { Canvas = Group };

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [InlineData(JoinOn.AllSucceeded)]
    [InlineData(JoinOn.AllEnded)]
    public async Task A_group_that_leads_to_its_own_join_is_refused(JoinOn when)
    {
        await _engine.StartAsync([], CancellationToken.None);
        await CreateAsync(when, Join.ToBytes());

        await Assert.ThrowsAsync<MessagePackException>(() => _runner.StartAsync(Join, new byte[] { 0xc0 }, Carry, start: null, CancellationToken.None).AsTask());
        await Assert.ThrowsAsync<MessagePackException>(() => _runner.FailAsync(Join, Carry, CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task A_group_that_nothing_follows_is_refused()
    {
        await _engine.StartAsync([], CancellationToken.None);
        await CreateAsync(JoinOn.AllSucceeded, default);

        await Assert.ThrowsAsync<MessagePackException>(() => _runner.StartAsync(Join, new byte[] { 0xc0 }, Carry, start: null, CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task A_group_that_is_not_kept_any_more_is_lost()
    {
        await _engine.StartAsync([], CancellationToken.None);

        CanvasLostException lost = await Assert.ThrowsAsync<CanvasLostException>(() => _runner.StartAsync(Join, new byte[] { 0xc0 }, Carry, start: null, CancellationToken.None).AsTask());

        Assert.Contains($"{Group} is not known any more", lost.Message, StringComparison.Ordinal);
    }

    private async Task CreateAsync(JoinOn when, ReadOnlyMemory<byte> next) => await _engine.State.CreateAsync(
        GroupRecord.KeyOf(Group),
        GroupRecord.Begin(new SequenceGroup(Group, when, PassesResults: false, [default(ReadOnlyMemory<byte>)]), next).ToBytes(),
        TimeSpan.FromHours(1),
        CancellationToken.None);
}
