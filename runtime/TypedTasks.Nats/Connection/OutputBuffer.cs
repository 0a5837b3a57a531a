namespace TypedTasks.Nats.Connection;

/// <summary>Bytes on their way to the socket. Two of them take turns: callers fill one under the connection's gate while the writer sends the other.</summary>
/// <remarks>Why not a pipe: callers copy whole frames under one short lock, and the writer sends everything that gathered meanwhile in one call; there is nothing to segment.</remarks>
internal sealed class OutputBuffer
{
    private const int KeptCapacity = 1024 * 1024;
    private byte[] _bytes = new byte[64 * 1024];

    /// <summary>How many bytes wait.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - Length < bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Max((long)Length + bytes.Length, Math.Min(2L * _bytes.Length, Array.MaxLength)));
        }

        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Forgets the bytes; gives back room that only a burst needed.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > KeptCapacity)
        {
            _bytes = new byte[64 * 1024];
        }
    }
}
