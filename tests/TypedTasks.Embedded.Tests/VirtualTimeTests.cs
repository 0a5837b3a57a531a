using TypedTasks.Testing;

namespace TypedTasks.Embedded.Tests;

/// <summary>Virtual time: it passes when the test says so, and timers fire in order.</summary>
public sealed class VirtualTimeTests
{
    private readonly VirtualTime _time = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void It_starts_at_a_fixed_instant_and_stands_still()
    {
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), _time.UtcNow);
        Assert.Equal(_time.UtcNow, _time.GetUtcNow());
        Assert.Equal(TimeZoneInfo.Utc, _time.LocalTimeZone);
    }

    [Fact]
    public void Timestamps_go_with_the_time()
    {
        long before = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromMilliseconds(1.5));

        Assert.Equal(TimeSpan.FromMilliseconds(1.5), _time.GetElapsedTime(before));
        Assert.Equal(VirtualTime.Start + TimeSpan.FromMilliseconds(1.5), _time.UtcNow);
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_due_times_then_of_their_setting_and_see_their_due_time()
    {
        Set("third", 3);
        Set("first", 1);
        Set("second", 2);
        Set("second too", 2);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["first at 1", "second at 2", "second too at 2", "third at 3"], _fired);
        Assert.Equal(VirtualTime.Start + TimeSpan.FromSeconds(5), _time.UtcNow);
    }

    [Fact]
    public void A_timer_does_not_fire_early_and_fires_once()
    {
        Set("once", 2);

        _time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.Empty(_fired);
        _time.Advance(TimeSpan.FromTicks(1));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(["once at 2"], _fired);
    }

    [Fact]
    public void A_periodic_timer_fires_at_each_of_its_times()
    {
        using ITimer timer = _time.CreateTimer(_ => Note("tick"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(["tick at 1", "tick at 3", "tick at 5"], _fired);
    }

    [Fact]
    public void A_timer_set_by_a_timer_fires_in_the_same_advance_if_it_is_due()
    {
        _time.CreateTimer(
            _ =>
            {
                Note("outer");
                Set("inner", 2);
            },
            null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["outer at 1", "inner at 3"], _fired);
    }

    [Fact]
    public void A_timer_that_was_changed_or_disposed_keeps_only_its_last_setting()
    {
        ITimer changed = Set("changed", 1);
        ITimer disposed = Set("disposed", 1);
        Assert.True(changed.Change(TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan));
        disposed.Dispose();
        Assert.False(disposed.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["changed at 4"], _fired);
    }

    [Fact]
    public void A_timer_that_is_due_at_once_fires_at_the_next_advance()
    {
        Set("now", 0);
        Assert.Empty(_fired);

        _time.Advance(TimeSpan.Zero);

        Assert.Equal(["now at 0"], _fired);
    }

    [Fact]
    public void The_next_timer_can_be_seen_and_advanced_to()
    {
        Assert.Null(_time.NextTimerDue);
        Set("a", 3);

        _time.AdvanceTo(_time.NextTimerDue!.Value);

        Assert.Equal(["a at 3"], _fired);
        Assert.Null(_time.NextTimerDue);
    }

    [Fact]
    public async Task A_delay_of_a_task_takes_virtual_time()
    {
        Task delay = Task.Delay(TimeSpan.FromDays(3), _time, TestContext.Current.CancellationToken);
        Assert.False(delay.IsCompleted);

        _time.Advance(TimeSpan.FromDays(3));

        await delay;
    }

    [Fact]
    public void Time_does_not_go_back_and_is_not_advanced_by_its_own_timers()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Advance(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.AdvanceTo(VirtualTime.Start - TimeSpan.FromSeconds(1)));
        InvalidOperationException? refused = null;
        using ITimer timer = _time.CreateTimer(
            _ => refused = Assert.Throws<InvalidOperationException>(() => _time.Advance(TimeSpan.FromSeconds(1))),
            null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull(refused);
    }

    [Fact]
    public void Setting_a_timer_again_and_again_takes_no_memory()
    {
        ITimer timer = Set("a", 1);
        for (int i = 0; i < 100_000; i++)
        {
            timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        }

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["a at 1"], _fired);
    }

    private ITimer Set(string name, int seconds) => _time.CreateTimer(_ => Note(name), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

    private void Note(string name) => _fired.Add($"{name} at {(_time.UtcNow - VirtualTime.Start).TotalSeconds}");
}
