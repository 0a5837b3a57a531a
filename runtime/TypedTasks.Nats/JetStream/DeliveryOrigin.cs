namespace TypedTasks.Nats.JetStream;

/// <summary>
/// Where deliveries come from: one making of a lane's consumer, in one start of its server. Only there are they settled by an acknowledgement. A server that was killed has forgotten the last of what it
/// delivered, and numbers anew. Told of such a delivery, nats-server up to 2.10.12 may take everything up to it for settled, 2.10.17 to 2.10.25 never deliver what lies before it, and those since
/// do not answer (<c>processAckMsg</c> in the server's consumer.go). Compared by reference.
/// </summary>
internal sealed class DeliveryOrigin(string serverId)
{
    /// <summary>The server's name for this start of it.</summary>
    public string ServerId => serverId;
}
