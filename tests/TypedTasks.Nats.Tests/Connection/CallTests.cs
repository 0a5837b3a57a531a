using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;
using TypedTasks.TestServers;

namespace TypedTasks.Nats.Tests.Connection;

/// <summary>Calls that wait, for room or for an answer: what is given up and used again must not be taken for what it was.</summary>
public sealed class CallTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_call_that_was_given_up_while_it_waited_and_is_sent_again_takes_one_place()
    {
        await using NatsConnection connection = NewConnection(maxCalls: 2);
        Probe first = Send(connection, new Probe());
        Probe second = Send(connection, new Probe());
        Probe again = Send(connection, new Probe());
        connection.GiveUp(again, CallFailure.Cancelled);
        Send(connection, again);

        connection.GiveUp(first, CallFailure.Cancelled);
        connection.GiveUp(second, CallFailure.Cancelled);
        Probe last = Send(connection, new Probe());

        Assert.True(again.Index >= 0, "The call that was sent again still waits.");
        Assert.True(last.Index >= 0, "The call that was sent again took two places.");
        connection.GiveUp(again, CallFailure.Cancelled);
        Assert.Equal(2, again.Completions);
    }

    [Fact]
    public async Task A_call_that_was_given_up_while_it_waited_gives_its_bytes_back_however_long_its_next_frame_is()
    {
        await using NatsConnection connection = NewConnection(maxCalls: 1, maxCallBytes: 1000);
        Probe first = Send(connection, new Probe());
        Probe again = Send(connection, new Probe(), length: 500);
        connection.GiveUp(again, CallFailure.Cancelled);
        Send(connection, again, length: 10);
        connection.GiveUp(first, CallFailure.Cancelled);
        Assert.True(again.Index >= 0, "The call that was sent again still waits.");

        Probe large = Send(connection, new Probe(), length: 800);

        Assert.Equal(CallFailure.None, large.Failure);
        Assert.Equal(0, large.Completions);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_that_is_not_answered_is_sent_again_only_while_there_is_somebody_to_answer_it(bool maySend)
    {
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using var connection = new NatsConnection(
            new ConnectionSettings { Servers = [NatsEndpoint.Parse(server.Url, out _, out _)], ReplyPatience = TimeSpan.FromMilliseconds(50) }, NullLogger.Instance);
        await connection.ConnectAsync(CancellationToken.None);
        var listener = new Silent();
        connection.Subscribe(listener);
        Probe call = Send(connection, new Probe { Answerable = maySend });

        if (maySend)
        {
            await listener.HeardTwice.WaitAsync(Patience);
            connection.GiveUp(call, CallFailure.Cancelled);
        }

        await call.Completion.WaitAsync(Patience);

        Assert.Equal(maySend ? CallFailure.Cancelled : CallFailure.ConnectionLost, call.Failure);
        Assert.Equal(maySend, call.Sends > 1);
        Assert.Equal(1, call.Completions);
    }

    private static NatsConnection NewConnection(int maxCalls, long maxCallBytes = 1024 * 1024) => new(
        new ConnectionSettings { Servers = [NatsEndpoint.Parse("nats://127.0.0.1:4222", out _, out _)], MaxCalls = maxCalls, MaxCallBytes = maxCallBytes },
        NullLogger.Instance);

    private static Probe Send(NatsConnection connection, Probe call, int length = 1)
    {
        call.Deadline = long.MaxValue;
        call.Frame.Begin();
        call.Frame.AppendText("subject");
        call.Frame.BeginPayloadWithoutHeaders(connection.ReplyLength);
        call.Frame.Append(new byte[length]);
        call.Frame.End();
        connection.Send(call);
        return call;
    }

    /// <summary>Hears what is sent, and does not answer.</summary>
    private sealed class Silent : NatsSubscription
    {
        private readonly TaskCompletionSource _heardTwice = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _heard;

        public Task HeardTwice => _heardTwice.Task;

        protected internal override string SubjectFor(string inbox) => "subject";

        protected internal override void OnMessage(in NatsFrame frame)
        {
            if (++_heard == 2)
            {
                _heardTwice.TrySetResult();
            }
        }
    }

    private sealed class Probe : PendingCall
    {
        private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly bool _maySend = true;

        public int Completions { get; private set; }

        public Task Completion => _completion.Task;

        public override bool MaySend => _maySend;

        public bool Answerable
        {
            init => _maySend = value;
        }

        protected internal override CallVerdict OnReply(in NatsFrame frame) => CallVerdict.Completed;

        protected internal override void OnCompleted()
        {
            Completions++;
            _completion.TrySetResult();
        }
    }
}
