namespace TypedTasks.MessagePack;

/// <summary>A value needs more bytes than the writer may write.</summary>
public sealed class PayloadTooLargeException : Exception
{
    /// <summary>Says how large the payload had become and how large it may be.</summary>
    /// <param name="length">The bytes that were needed when the limit was found exceeded; the whole payload may be larger.</param>
    /// <param name="limit">The bytes that are allowed.</param>
    public PayloadTooLargeException(long length, long limit)
        : base($"The payload needs at least {length} bytes and {limit} are allowed. Send a reference to the data instead of the data, or raise the limit.")
    {
        Length = length;
        Limit = limit;
    }

    /// <summary>The bytes that were needed when the limit was found exceeded.</summary>
    public long Length { get; }

    /// <summary>The bytes that are allowed.</summary>
    public long Limit { get; }
}
