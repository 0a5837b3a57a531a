using System.Text;
using System.Threading.Channels;
using Xunit;

namespace TypedTasks.Conformance.Engine;

/// <summary>Broadcast: whoever listens hears, and one who cannot listen harms nobody.</summary>
public abstract class Broadcasting<TEngine> : EngineBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    private readonly string _channel = $"c-{Guid.NewGuid():N}";

    [Fact]
    public async Task Everybody_who_listens_to_the_channel_hears_in_order()
    {
        (IAsyncDisposable first, ChannelReader<string> heardByFirst) = await ListenAsync(_channel);
        (IAsyncDisposable second, ChannelReader<string> heardBySecond) = await ListenAsync(_channel);
        await using IAsyncDisposable _ = first;
        await using IAsyncDisposable __ = second;

        await SayAsync(_channel, "1");
        await SayAsync(_channel, "2");

        Assert.Equal(["1", "2"], [await Soon(heardByFirst.ReadAsync(Cancellation)), await Soon(heardByFirst.ReadAsync(Cancellation))]);
        Assert.Equal(["1", "2"], [await Soon(heardBySecond.ReadAsync(Cancellation)), await Soon(heardBySecond.ReadAsync(Cancellation))]);
    }

    [Fact]
    public async Task Another_channel_is_not_heard()
    {
        (IAsyncDisposable subscription, ChannelReader<string> heard) = await ListenAsync(_channel);
        await using IAsyncDisposable _ = subscription;

        await SayAsync(_channel + ".other", "theirs");
        await SayAsync(_channel, "ours");

        Assert.Equal("ours", await Soon(heard.ReadAsync(Cancellation)));
    }

    [Fact]
    public async Task Who_has_left_hears_nothing_more()
    {
        (IAsyncDisposable leaving, ChannelReader<string> heardByLeaving) = await ListenAsync(_channel);
        (IAsyncDisposable staying, ChannelReader<string> heardByStaying) = await ListenAsync(_channel);
        await using IAsyncDisposable _ = staying;

        await leaving.DisposeAsync();
        await leaving.DisposeAsync();
        await SayAsync(_channel, "after");

        Assert.Equal("after", await Soon(heardByStaying.ReadAsync(Cancellation)));
        Assert.False(heardByLeaving.TryRead(out string? _));
    }

    [Fact]
    public async Task A_listener_that_throws_harms_neither_the_others_nor_the_sender()
    {
        await using IAsyncDisposable _ = await Engine.Broadcast.SubscribeAsync(
            _channel, static message => throw new InvalidOperationException("Not today."), Cancellation);
        (IAsyncDisposable subscription, ChannelReader<string> heard) = await ListenAsync(_channel);
        await using IAsyncDisposable __ = subscription;

        await SayAsync(_channel, "1");
        await SayAsync(_channel, "2");

        Assert.Equal("1", await Soon(heard.ReadAsync(Cancellation)));
        Assert.Equal("2", await Soon(heard.ReadAsync(Cancellation)));
    }

    [Fact]
    public async Task Saying_something_that_nobody_hears_is_fine()
    {
        await SayAsync(_channel, "hello?");
    }

    private async Task<(IAsyncDisposable Subscription, ChannelReader<string> Heard)> ListenAsync(string channel)
    {
        Channel<string> heard = Channel.CreateUnbounded<string>();
        IAsyncDisposable subscription = await Engine.Broadcast.SubscribeAsync(
            channel, message => heard.Writer.TryWrite(Encoding.UTF8.GetString(message.Span)), Cancellation);
        return (subscription, heard.Reader);
    }

    private Task SayAsync(string channel, string message) => Soon(Engine.Broadcast.PublishAsync(channel, Bytes(message), Cancellation));
}
