using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.Tests.Connection;

/// <summary>Calls that wait for room, on a connection that is not connected: what is given up there and used again must not be taken for what it was.</summary>
public sealed class CallTests
{
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

    private sealed class Probe : PendingCall
    {
        public int Completions { get; private set; }

        protected internal override CallVerdict OnReply(in NatsFrame frame) => CallVerdict.Completed;

        protected internal override void OnCompleted() => Completions++;
    }
}
