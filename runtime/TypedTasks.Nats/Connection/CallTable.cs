namespace TypedTasks.Nats.Connection;

/// <summary>
/// The calls that wait for an answer, by index. The index and its generation are the last token of the reply subject, 12 hex digits:
/// an answer finds its call without a lookup by text, and one that comes too late does not fit the generation any more.
/// </summary>
/// <remarks>
/// A generation changes only when a call is given up or sent twice: after an ordinary answer none can follow. So the reply subjects of a
/// steady state are few and always the same, which spares the server's subject cache. Renting and returning happen under the connection's gate.
/// </remarks>
internal sealed class CallTable
{
    /// <summary>The length of a token.</summary>
    public const int TokenLength = 12;

    private const int IndexDigits = 5;
    private const uint GenerationMask = 0x0FFF_FFFF;

    private readonly PendingCall?[] _calls;
    private readonly uint[] _generations;
    private readonly int[] _free;
    private int _freeCount;

    /// <summary>Makes room for so many calls.</summary>
    public CallTable(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1 << (4 * IndexDigits));
        _calls = new PendingCall?[capacity];
        _generations = new uint[capacity];
        _free = new int[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _free[i] = capacity - 1 - i;
        }

        _freeCount = capacity;
    }

    /// <summary>How many calls there may be.</summary>
    public int Capacity => _calls.Length;

    /// <summary>How many there are.</summary>
    public int Count => _calls.Length - _freeCount;

    /// <summary>Whether there is no room.</summary>
    public bool IsFull => _freeCount == 0;

    /// <summary>One past the highest index that was ever used: where a sweep may stop.</summary>
    public int HighWater { get; private set; }

    /// <summary>The call of an index, or null.</summary>
    public PendingCall? this[int index] => Volatile.Read(ref _calls[index]);

    /// <summary>Gives a call an index. Under the gate.</summary>
    public void Add(PendingCall call)
    {
        int index = _free[--_freeCount];
        call.Index = index;
        call.Generation = _generations[index];
        HighWater = Math.Max(HighWater, index + 1);
        Volatile.Write(ref _calls[index], call);
    }

    /// <summary>Makes answers to what was sent so far not fit any more. Under the call's lock.</summary>
    public void Renew(PendingCall call) =>
        call.Generation = _generations[call.Index] = (_generations[call.Index] + 1) & GenerationMask;

    /// <summary>Takes a call out; its index is returned later. Under the call's lock.</summary>
    public int Remove(PendingCall call)
    {
        int index = call.Index;
        call.Index = -1;
        Volatile.Write(ref _calls[index], null);
        return index;
    }

    /// <summary>Returns an index. Under the gate.</summary>
    public void Return(int index) => _free[_freeCount++] = index;

    /// <summary>Writes a call's token.</summary>
    public static void WriteToken(PendingCall call, Span<byte> destination)
    {
        ulong value = ((ulong)(uint)call.Index << 28) | call.Generation;
        for (int i = TokenLength - 1; i >= 0; i--)
        {
            int digit = (int)(value & 15);
            destination[i] = (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
            value >>= 4;
        }
    }

    /// <summary>Finds the call that an answer to <paramref name="subject"/> may belong to; the generation is to be compared under the call's lock.</summary>
    public PendingCall? Find(ReadOnlySpan<byte> subject, out uint generation)
    {
        generation = 0;
        if (subject.Length < TokenLength)
        {
            return null;
        }

        ulong value = 0;
        foreach (byte c in subject[^TokenLength..])
        {
            int digit = c is >= (byte)'0' and <= (byte)'9' ? c - '0' : c is >= (byte)'a' and <= (byte)'f' ? c - 'a' + 10 : -1;
            if (digit < 0)
            {
                return null;
            }

            value = (value << 4) | (uint)digit;
        }

        generation = (uint)value & GenerationMask;
        ulong index = value >> 28;
        return index < (ulong)_calls.Length ? this[(int)index] : null;
    }
}
