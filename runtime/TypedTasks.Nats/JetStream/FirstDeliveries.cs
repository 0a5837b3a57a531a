namespace TypedTasks.Nats.JetStream;

/// <summary>
/// Tells first deliveries from those that only look like one: first ones come in the order of the stream. On a busy machine a server 2.9.10 was seen to deliver a task that was
/// being retried as if for the first time; what makes it do so was not found out.
/// </summary>
/// <remarks>What another worker was given is not known here; the fence keeps those apart. Not thread-safe: for the reader's thread only.</remarks>
internal sealed class FirstDeliveries
{
    private ulong _newest;
    private ulong _lastDelivery;

    /// <summary>Takes note of a delivery.</summary>
    /// <param name="delivered">How often the server says it delivered the task.</param>
    /// <param name="streamSequence">The task's place in its stream.</param>
    /// <param name="consumerSequence">The delivery's number within its consumer.</param>
    /// <returns>Whether it is the first of its task, as far as can be told.</returns>
    public bool Add(int delivered, ulong streamSequence, ulong consumerSequence)
    {
        if (consumerSequence <= _lastDelivery)
        {
            // Another consumer by the same name, of a stream that may have been made anew.
            _newest = 0;
        }

        _lastDelivery = consumerSequence;
        if (delivered != 1 || streamSequence <= _newest)
        {
            return false;
        }

        _newest = streamSequence;
        return true;
    }
}
