using TypedTasks.Engine;
using TypedTasks.Idempotency;
using TypedTasks.Testing;

namespace TypedTasks.Tests;

/// <summary>Effects whose record got no answer, and a handler that goes on all the same.</summary>
public sealed class EffectScopeTests
{
    private static readonly TimeSpan Keep = TimeSpan.FromHours(1);

    public static TheoryData<EngineFault> Silences => [EngineFault.Fail, EngineFault.LoseAnswer];

    [Theory]
    [MemberData(nameof(Silences))]
    public async Task It_is_not_run_again_and_is_recorded_in_the_end(EngineFault silence)
    {
        var time = new VirtualTime();
        await using var engine = new FaultyEngine(time.CreateEngine(), time);
        TaskId id = TaskId.New();
        var scope = new EffectScope(engine.State, id, fence: 1, Keep, int.MaxValue);
        int charges = 0;
        engine.Faults.Next(EngineOperation.Write, EngineFault.None, silence);

        await Assert.ThrowsAsync<TaskEngineException>(() => RunAsync(scope, "charge", () => ++charges));

        Assert.Equal(1, await RunAsync(scope, "charge", () => ++charges));
        Assert.Equal(1, charges);
        Assert.Equal(1, await RunAsync(new EffectScope(engine.State, id, fence: 2, Keep, int.MaxValue), "charge", () => ++charges));
    }

    [Theory]
    [MemberData(nameof(Silences))]
    public async Task The_next_effect_does_not_take_it_for_a_lost_lease(EngineFault silence)
    {
        var time = new VirtualTime();
        await using var engine = new FaultyEngine(time.CreateEngine(), time);
        var scope = new EffectScope(engine.State, TaskId.New(), fence: 1, Keep, int.MaxValue);
        engine.Faults.Next(EngineOperation.Write, EngineFault.None, silence);
        await Assert.ThrowsAsync<TaskEngineException>(() => RunAsync(scope, "charge", () => 1));

        Assert.Equal(2, await RunAsync(scope, "mail", () => 2));
    }

    [Theory]
    [MemberData(nameof(Silences))]
    public async Task A_lease_that_was_lost_meanwhile_is_seen(EngineFault silence)
    {
        var time = new VirtualTime();
        await using var engine = new FaultyEngine(time.CreateEngine(), time);
        TaskId id = TaskId.New();
        var scope = new EffectScope(engine.State, id, fence: 1, Keep, int.MaxValue);
        engine.Faults.Next(EngineOperation.Write, EngineFault.None, silence);
        await Assert.ThrowsAsync<TaskEngineException>(() => RunAsync(scope, "charge", () => 1));
        await RunAsync(new EffectScope(engine.State, id, fence: 2, Keep, int.MaxValue), "other", () => 3);

        await Assert.ThrowsAsync<LeaseLostException>(() => RunAsync(scope, "charge", () => 1));
    }

    private static async Task<int> RunAsync(EffectScope scope, string key, Func<int> effect) =>
        await scope.RunAsync(key, _ => new ValueTask<int>(effect()), TestContext.Current.CancellationToken);
}
