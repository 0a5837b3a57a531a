using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>Where a lane's tasks and statuses arrive. The subject changes with every connection, and whenever the consumer turns away from what it asked for.</summary>
internal sealed class LaneInbox(LaneConsumer consumer, int number) : NatsSubscription
{
    private int _version;

    /// <summary>What a pull's reply subject begins with on the present connection.</summary>
    public string Prefix(string inbox) => $"{inbox}l{number}-{Volatile.Read(ref _version)}.";

    /// <summary>Turns away: the next subscription has another subject.</summary>
    public void TurnAway() => Interlocked.Increment(ref _version);

    /// <inheritdoc/>
    protected internal override string SubjectFor(string inbox) => Prefix(inbox) + "*";

    /// <inheritdoc/>
    protected internal override void OnMessage(in NatsFrame frame) => consumer.OnMessage(frame);

    /// <inheritdoc/>
    protected internal override void OnSubscribed() => consumer.OnSubscribed();

    /// <inheritdoc/>
    protected internal override void OnDenied(string reason) => consumer.OnDenied(reason);
}
