namespace TypedTasks.Redis.Connection;

/// <summary>A connection could not be made, or broke.</summary>
internal sealed class RedisConnectionException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether the server said that it is just starting, or went away in the middle of the handshake: it may be back in a moment.</summary>
    internal bool IsPassing { get => field || InnerException is IOException; init; }

    /// <summary>What a command's loss is to whoever waits for it: a broken connection, whatever broke it.</summary>
    internal static RedisConnectionException Of(Exception cause) => cause as RedisConnectionException ?? new RedisConnectionException(cause.Message, cause);
}

/// <summary>The server refused something that no second try will mend: a password, a right, a role, a version.</summary>
internal sealed class RedisRefusedException(string message) : Exception(message);

/// <summary>The server did what it was asked, and fewer replicas than are configured have it yet.</summary>
internal sealed class TooFewReplicasException(int replicas) : Exception($"Only {replicas} replicas have it so far.");
