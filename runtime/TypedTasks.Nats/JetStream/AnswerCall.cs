namespace TypedTasks.Nats.JetStream;

/// <summary>What the server is told of a delivery: only the one that made it, for another takes it for something else, or does not answer.</summary>
internal sealed class AnswerCall(NatsDelivery delivery) : RequestCall
{
    /// <inheritdoc/>
    public override bool MaySend => delivery.IsKnownToServer;
}
