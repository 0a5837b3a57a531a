namespace TypedTasks;

/// <summary>The base of every exception that TypedTasks throws for a caller to handle.</summary>
public abstract class TaskException : Exception
{
    private protected TaskException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>Something is registered or configured wrongly. Thrown at start where it can be known; the message says what to change.</summary>
public sealed class TaskConfigurationException(string message, Exception? innerException = null) : TaskException(message, innerException);

/// <summary>An idempotency key cannot be made of the arguments. Thrown by <c>EnqueueAsync</c>; nothing was enqueued.</summary>
public sealed class TaskKeyException(string message) : TaskException(message);

/// <summary>The engine did not answer, or answered with an error; what was asked may or may not have happened. Trying again is safe.</summary>
public sealed class TaskEngineException(string message, Exception? innerException = null) : TaskException(message, innerException);
