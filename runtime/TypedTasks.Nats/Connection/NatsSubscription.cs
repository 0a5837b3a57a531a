using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.Connection;

/// <summary>Something that listens. It is subscribed again on every connection, under a subject that may hold the connection's epoch.</summary>
internal abstract class NatsSubscription
{
    /// <summary>The number that the server puts on its messages.</summary>
    internal int Sid { get; set; }

    /// <summary>The subject to subscribe on a connection whose inbox is <paramref name="inbox"/> (which ends in a dot and is new with every connection).</summary>
    protected internal abstract string SubjectFor(string inbox);

    /// <summary>Takes a message, on the reader's thread: copies what it needs, runs nobody's code, and does not throw.</summary>
    protected internal abstract void OnMessage(in NatsFrame frame);

    /// <summary>The subject was subscribed on a new connection.</summary>
    protected internal virtual void OnSubscribed()
    {
    }

    /// <summary>The server forbids the subject: no message will come.</summary>
    protected internal virtual void OnDenied(string reason)
    {
    }
}
