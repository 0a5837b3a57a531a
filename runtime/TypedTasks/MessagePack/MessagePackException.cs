namespace TypedTasks.MessagePack;

/// <summary>
/// The bytes are not the MessagePack that was expected, or a value cannot be written. The only exception that a reader throws, whatever it is fed.
/// </summary>
public sealed class MessagePackException : Exception
{
    /// <summary>Says what is wrong and, where it is known, at which byte.</summary>
    public MessagePackException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, and which exception showed it.</summary>
    public MessagePackException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
