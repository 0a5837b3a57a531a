namespace TypedTasks.Testing.Tests;

public sealed class TestTaskContextTests
{
    [Fact]
    public async Task A_handler_is_called_like_any_method()
    {
        var handler = new ShopHandler();
        using var first = new TestTaskContext(ShopTasks.SellArguments.Task, headers: new Dictionary<string, string> { ["tenant"] = "acme" });

        await Assert.ThrowsAsync<InvalidOperationException>(() => handler.SellAsync("flaky", 1, first).AsTask());
        using TestTaskContext second = first.NextAttempt();
        int charge = await handler.SellAsync("flaky", 1, second);

        Assert.Equal(1, charge);
        Assert.Equal(1, handler.Charges);
        Assert.Equal([50], first.Reports<int>());
        Assert.Equal(["charge"], second.RecordedEffects);
        Assert.Equal((first.Id, 2, "acme"), (second.Id, second.Attempt, second.Headers["tenant"]));
        Assert.True(second.Fence > first.Fence);
    }

    [Fact]
    public void A_context_is_of_the_occurrence_that_the_test_sets_and_so_is_its_next_attempt()
    {
        DateTimeOffset nightly = new(2030, 1, 1, 2, 0, 0, TimeSpan.Zero);
        using var byHand = new TestTaskContext();
        using var first = new TestTaskContext(occurrence: nightly);
        using TestTaskContext second = first.NextAttempt();

        Assert.Equal((null, nightly, nightly), (byHand.Occurrence, first.Occurrence, second.Occurrence));
    }

    [Fact]
    public async Task A_lost_lease_records_nothing()
    {
        using var context = new TestTaskContext();

        await Assert.ThrowsAsync<LeaseLostException>(() => context.OnceAsync("charge", _ =>
        {
            context.LoseLease();
            return new ValueTask<int>(1);
        }).AsTask());

        Assert.Empty(context.RecordedEffects);
        Assert.True(context.CancellationToken.IsCancellationRequested);
        await Assert.ThrowsAsync<LeaseLostException>(() => context.ReportAsync(1).AsTask());
    }

    [Fact]
    public async Task An_effect_that_is_running_already_fails_as_in_a_worker()
    {
        using var context = new TestTaskContext();
        var answer = new TaskCompletionSource<int>();
        Task<int> first = context.OnceAsync("charge", _ => new ValueTask<int>(answer.Task)).AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(() => context.OnceAsync("charge", _ => new ValueTask<int>(2)).AsTask());
        answer.SetResult(1);

        Assert.Equal(1, await first);
        Assert.Equal(1, await context.OnceAsync("charge", _ => new ValueTask<int>(2)));
    }

    [Fact]
    public async Task An_effect_that_failed_may_be_tried_again_in_the_same_attempt()
    {
        using var context = new TestTaskContext();
        await Assert.ThrowsAsync<TimeoutException>(() => context.OnceAsync("charge", ValueTask<int> (_) => throw new TimeoutException()).AsTask());

        Assert.Equal(2, await context.OnceAsync("charge", _ => new ValueTask<int>(2)));
    }

    [Fact]
    public async Task What_has_no_codec_fails_as_in_a_worker()
    {
        using var context = new TestTaskContext();

        await Assert.ThrowsAsync<TaskConfigurationException>(async () => await context.ReportAsync(new System.Text.StringBuilder()));
        await Assert.ThrowsAsync<TaskConfigurationException>(() => context.OnceAsync("effect", _ => new ValueTask<System.Text.StringBuilder>(new System.Text.StringBuilder())).AsTask());
    }

    [Fact]
    public void A_cancelled_context_fires_its_token()
    {
        using var context = new TestTaskContext(attempt: 3, key: "key");
        context.Cancel();

        Assert.True(context.CancellationToken.IsCancellationRequested);
        Assert.Equal((3, "key"), (context.Attempt, context.Key));
    }
}
