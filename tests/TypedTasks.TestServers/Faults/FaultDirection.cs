using TypedTasks.TestServers.Faults;

namespace TypedTasks.TestServers;

/// <summary>
/// The faults of one direction of a <see cref="FaultProxy"/>. They hold for all its connections, from the moment they are set.
/// The planned ones (cut, corrupt, inject) count bytes from the call on, over all connections, and happen once: planned before
/// a client connects, their offset is the one in its stream.
/// </summary>
public sealed class FaultDirection
{
    private readonly Lock _gate = new();
    private readonly List<Planned> _plans = [];
    private TaskCompletionSource? _stalled;
    private TimeSpan _delay;
    private int? _bytesPerSecond;
    private int? _segmentSize;
    private bool _swallow;
    private long _forwarded;
    private long _swallowed;

    internal FaultDirection()
    {
    }

    private enum Plan
    {
        Cut,
        Reset,
        Corrupt,
        Inject,
    }

    /// <summary>How much later bytes arrive. It does not lower the throughput.</summary>
    public TimeSpan Delay
    {
        get => Read(ref _delay);
        set => Write(ref _delay, value);
    }

    /// <summary>How fast bytes are forwarded; null for as fast as possible.</summary>
    public int? BytesPerSecond
    {
        get => Read(ref _bytesPerSecond);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1);
            Write(ref _bytesPerSecond, value);
        }
    }

    /// <summary>The most bytes in one packet; 1 makes every byte arrive alone. Null for no limit.</summary>
    public int? SegmentSize
    {
        get => Read(ref _segmentSize);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1);
            Write(ref _segmentSize, value);
        }
    }

    /// <summary>Whether bytes are read and thrown away, and the end of the stream is not told: the silent side of a half-open connection.</summary>
    public bool Swallow
    {
        get => Read(ref _swallow);
        set => Write(ref _swallow, value);
    }

    /// <summary>Whether forwarding stands still. Nothing is lost, and the sender's writes block once the buffers on the way are full.</summary>
    public bool Stall
    {
        get => Read(ref _stalled) is not null;
        set
        {
            lock (_gate)
            {
                if (value)
                {
                    _stalled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
                else
                {
                    _stalled?.SetResult();
                    _stalled = null;
                }
            }
        }
    }

    /// <summary>The bytes forwarded so far, over all connections, injected ones not counted.</summary>
    public long BytesForwarded => Interlocked.Read(ref _forwarded);

    /// <summary>The bytes swallowed so far, over all connections.</summary>
    public long BytesSwallowed => Interlocked.Read(ref _swallowed);

    /// <summary>Once: closes the connection (FIN) after <paramref name="bytes"/> more bytes were forwarded.</summary>
    public void CutAfter(long bytes) => Add(Plan.Cut, bytes, []);

    /// <summary>Once: resets the connection (RST) after <paramref name="bytes"/> more bytes were forwarded.</summary>
    public void ResetAfter(long bytes) => Add(Plan.Reset, bytes, []);

    /// <summary>Once: changes the byte that comes after <paramref name="bytes"/> more bytes, by exclusive or with <paramref name="mask"/>.</summary>
    public void CorruptAfter(long bytes, byte mask = 0xFF) => Add(Plan.Corrupt, bytes, [mask]);

    /// <summary>
    /// Once: adds bytes that nobody sent after <paramref name="bytes"/> more bytes were forwarded; after 0, they come before the
    /// next byte that the sender sends.
    /// </summary>
    public void InjectAfter(long bytes, ReadOnlySpan<byte> garbage) => Add(Plan.Inject, bytes, garbage.ToArray());

    /// <summary>Takes back every fault, planned ones too.</summary>
    public void Heal()
    {
        lock (_gate)
        {
            _delay = TimeSpan.Zero;
            _bytesPerSecond = null;
            _segmentSize = null;
            _swallow = false;
            _plans.Clear();
        }

        Stall = false;
    }

    /// <summary>Waits while the direction is stalled.</summary>
    internal Task WhileStalledAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource? stalled = Read(ref _stalled);
        return stalled is null ? Task.CompletedTask : stalled.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Decides what happens to the next bytes of a connection, and counts them. Changes <paramref name="bytes"/> to corrupt them.</summary>
    internal ForwardStep Next(Span<byte> bytes)
    {
        lock (_gate)
        {
            if (_swallow)
            {
                _swallowed += bytes.Length;
                return new ForwardStep(bytes.Length) { Swallowed = true };
            }

            int take = Math.Min(bytes.Length, _segmentSize ?? int.MaxValue);
            TimeSpan pause = TimeSpan.Zero;
            if (_bytesPerSecond is { } rate)
            {
                // A twentieth of a second at a time, so that slow is slow and not bursts.
                take = Math.Clamp(rate / 20, 1, take);
                pause = TimeSpan.FromSeconds((double)take / rate);
            }

            foreach (Planned planned in _plans)
            {
                long distance = planned.Offset - _forwarded;
                switch (planned.Plan)
                {
                    case Plan.Inject when distance == 0:
                        _plans.Remove(planned);
                        return new ForwardStep(0) { Injected = planned.Bytes };
                    case Plan.Cut or Plan.Reset when distance == 0:
                        _plans.Remove(planned);
                        return new ForwardStep(0) { End = planned.Plan == Plan.Cut ? ProxyEventKind.Cut : ProxyEventKind.Reset };
                    case Plan.Corrupt when distance == 0:
                        _plans.Remove(planned);
                        bytes[0] ^= planned.Bytes[0];
                        _forwarded++;
                        return new ForwardStep(1) { Pause = pause, Corrupted = true };
                    default:
                        // Stop short of the place, and look again there.
                        take = (int)Math.Min(take, distance);
                        break;
                }
            }

            _forwarded += take;

            // A cut comes right behind its last byte, not when a next one arrives.
            Planned? end = _plans.Find(planned => planned.Plan is Plan.Cut or Plan.Reset && planned.Offset == _forwarded);
            if (end is not null && !_plans.Exists(planned => planned.Plan == Plan.Inject && planned.Offset == _forwarded))
            {
                _plans.Remove(end);
                return new ForwardStep(take) { Pause = pause, End = end.Plan == Plan.Cut ? ProxyEventKind.Cut : ProxyEventKind.Reset };
            }

            return new ForwardStep(take) { Pause = pause };
        }
    }

    private void Add(Plan plan, long bytes, byte[] content)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        lock (_gate)
        {
            _plans.Add(new Planned(plan, _forwarded + bytes, content));
        }
    }

    private T Read<T>(ref T field)
    {
        lock (_gate)
        {
            return field;
        }
    }

    private void Write<T>(ref T field, T value)
    {
        lock (_gate)
        {
            field = value;
        }
    }

    private sealed record Planned(Plan Plan, long Offset, byte[] Bytes);
}
