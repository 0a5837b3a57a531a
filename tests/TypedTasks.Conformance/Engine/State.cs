using TypedTasks.Engine;
using Xunit;

namespace TypedTasks.Conformance.Engine;

/// <summary>The state store: conditional writes by which of many exactly one wins, and a time to live.</summary>
public abstract class State<TEngine> : EngineBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    // Engines share their store among tests.
    private readonly string _prefix = $"{Guid.NewGuid():N}:";

    [Fact]
    public async Task A_key_that_was_not_written_has_no_value()
    {
        Assert.Null(await GetAsync("key"));
    }

    [Fact]
    public async Task A_created_value_can_be_read()
    {
        StateWrite write = await CreateAsync("key", "value");

        Assert.True(write.Applied);
        Assert.Equal("value", Text(write.Current));
        StateEntry entry = Assert.NotNull(await GetAsync("key"));
        Assert.Equal("value", Text(entry));
        Assert.Equal(write.Current.Revision, entry.Revision);
    }

    [Fact]
    public async Task A_value_that_exists_stands_in_the_way_of_another_creation_and_is_shown()
    {
        StateWrite first = await CreateAsync("key", "first");

        StateWrite second = await CreateAsync("key", "second");

        Assert.False(second.Applied);
        Assert.Equal("first", Text(second.Current));
        Assert.Equal(first.Current.Revision, second.Current.Revision);
    }

    [Fact]
    public async Task Of_many_who_create_one_key_at_once_exactly_one_wins()
    {
        StateWrite[] writes = await Soon(Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() => CreateAsync("key", $"value {number}")))));

        StateWrite winner = Assert.Single(writes, write => write.Applied);
        Assert.All(writes, write => Assert.Equal(Text(winner.Current), Text(write.Current)));
    }

    [Fact]
    public async Task A_value_is_replaced_by_who_knows_its_revision()
    {
        StateWrite first = await CreateAsync("key", "first");

        StateWrite second = await ReplaceAsync("key", first.Current.Revision, "second");

        Assert.True(second.Applied);
        Assert.NotEqual(first.Current.Revision, second.Current.Revision);
        Assert.Equal("second", Text(Assert.NotNull(await GetAsync("key"))));
    }

    [Fact]
    public async Task A_value_is_not_replaced_under_an_old_revision()
    {
        StateWrite first = await CreateAsync("key", "first");
        StateWrite second = await ReplaceAsync("key", first.Current.Revision, "second");

        StateWrite third = await ReplaceAsync("key", first.Current.Revision, "third");

        Assert.False(third.Applied);
        Assert.Equal("second", Text(third.Current));
        Assert.Equal(second.Current.Revision, third.Current.Revision);
    }

    [Fact]
    public async Task A_value_that_is_not_there_is_not_replaced()
    {
        StateWrite write = await ReplaceAsync("key", 1, "value");

        Assert.False(write.Applied);
        Assert.Equal(default, write.Current);
        Assert.Null(await GetAsync("key"));
    }

    [Fact]
    public async Task Of_many_who_replace_one_revision_at_once_exactly_one_wins()
    {
        StateWrite first = await CreateAsync("key", "first");

        StateWrite[] writes = await Soon(Task.WhenAll(
            Enumerable.Range(0, 32).Select(number => Task.Run(() => ReplaceAsync("key", first.Current.Revision, $"value {number}")))));

        Assert.Single(writes, write => write.Applied);
    }

    [Fact]
    public async Task A_value_is_deleted_by_who_knows_its_revision()
    {
        StateWrite first = await CreateAsync("key", "first");
        StateWrite second = await ReplaceAsync("key", first.Current.Revision, "second");

        Assert.False(await DeleteAsync("key", first.Current.Revision));
        Assert.True(await DeleteAsync("key", second.Current.Revision));
        Assert.False(await DeleteAsync("key", second.Current.Revision));

        Assert.Null(await GetAsync("key"));
    }

    [Fact]
    public async Task A_key_that_was_deleted_and_created_again_does_not_take_its_old_revision_for_the_new()
    {
        StateWrite first = await CreateAsync("key", "first");
        await DeleteAsync("key", first.Current.Revision);
        await CreateAsync("key", "second");

        Assert.False((await ReplaceAsync("key", first.Current.Revision, "third")).Applied);
        Assert.False(await DeleteAsync("key", first.Current.Revision));
    }

    [Fact]
    public async Task A_value_lives_for_its_time_and_not_longer()
    {
        TimeSpan time = TimeSpan.FromSeconds(3);
        await CreateAsync("key", "first", time);
        await Subject.AdvanceAsync(time / 3);
        Assert.NotNull(await GetAsync("key"));

        await Subject.AdvanceAsync(time + Subject.Lateness);

        Assert.Null(await GetAsync("key"));
        Assert.True((await CreateAsync("key", "second")).Applied);
    }

    [Fact]
    public async Task A_time_without_end_is_kept_or_refused_typed()
    {
        Assert.True((await Engine.State.CreateAsync("brief", Bytes("1"), TimeSpan.FromMinutes(1), Cancellation)).Applied);
        long revision = (await Engine.State.GetAsync("brief", Cancellation))!.Value.Revision;
        if (Engine.Limits.MaxTimeToLive is not null)
        {
            await Assert.ThrowsAsync<TaskEngineException>(async () => await Engine.State.CreateAsync("long", Bytes("1"), TimeSpan.MaxValue, Cancellation));
            await Assert.ThrowsAsync<TaskEngineException>(async () => await Engine.State.ReplaceAsync("brief", revision, Bytes("2"), TimeSpan.MaxValue, Cancellation));
            return;
        }

        Assert.True((await Engine.State.CreateAsync("long", Bytes("1"), TimeSpan.MaxValue, Cancellation)).Applied);
        Assert.True((await Engine.State.ReplaceAsync("brief", revision, Bytes("2"), TimeSpan.MaxValue, Cancellation)).Applied);
        Assert.Equal(Bytes("1"), (await Engine.State.GetAsync("long", Cancellation))!.Value.Value.ToArray());
        Assert.Equal(Bytes("2"), (await Engine.State.GetAsync("brief", Cancellation))!.Value.Value.ToArray());
    }

    [Fact]
    public async Task Replacing_a_value_gives_it_a_new_time_to_live()
    {
        TimeSpan time = TimeSpan.FromSeconds(3);
        StateWrite first = await CreateAsync("key", "first", time);
        await ReplaceAsync("key", first.Current.Revision, "second");

        await Subject.AdvanceAsync(time + Subject.Lateness);

        Assert.Equal("second", Text(Assert.NotNull(await GetAsync("key"))));
    }

    [Fact]
    public async Task Values_are_listed_by_the_beginning_of_their_keys()
    {
        await CreateAsync("a/1", "1");
        await CreateAsync("a/2", "2");
        await CreateAsync("ab", "no");
        await CreateAsync("b/1", "no");
        List<string> found = [];

        await foreach ((string key, StateEntry entry) in Engine.State.ListAsync(_prefix + "a/", Cancellation))
        {
            found.Add($"{key[_prefix.Length..]} = {Text(entry)}");
        }

        Assert.Equal(["a/1 = 1", "a/2 = 2"], found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("with spaces and a.dot")]
    [InlineData("*")]
    [InlineData(">")]
    [InlineData("a:b/c\\d")]
    [InlineData("{braces} and %percent and $dollar")]
    [InlineData("Größe 東京 🚀")]
    [InlineData("Case")]
    public async Task A_key_may_be_any_text(string key)
    {
        await CreateAsync(key, "value");
        await CreateAsync(key.ToUpperInvariant() + "!", "another");

        Assert.Equal("value", Text(Assert.NotNull(await GetAsync(key))));
    }

    [Fact]
    public async Task A_long_key_is_a_key()
    {
        string key = new('k', 640 - _prefix.Length);

        Assert.True((await CreateAsync(key, "value")).Applied);
        Assert.NotNull(await GetAsync(key));
    }

    private static string Text(StateEntry entry) => System.Text.Encoding.UTF8.GetString(entry.Value.Span);

    private Task<StateEntry?> GetAsync(string key) => Soon(Engine.State.GetAsync(_prefix + key, Cancellation));

    private Task<StateWrite> CreateAsync(string key, string value, TimeSpan? timeToLive = null) =>
        Soon(Engine.State.CreateAsync(_prefix + key, Bytes(value), timeToLive ?? Long, Cancellation));

    private Task<StateWrite> ReplaceAsync(string key, long revision, string value) =>
        Soon(Engine.State.ReplaceAsync(_prefix + key, revision, Bytes(value), Long, Cancellation));

    private Task<bool> DeleteAsync(string key, long revision) => Soon(Engine.State.DeleteAsync(_prefix + key, revision, Cancellation));
}
