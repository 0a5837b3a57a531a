namespace TypedTasks.Testing;

/// <summary>What a <see cref="FaultyEngine"/> can let go wrong.</summary>
public enum EngineOperation
{
    /// <summary>Publishing a task.</summary>
    Publish,

    /// <summary>Receiving deliveries.</summary>
    Receive,

    /// <summary>Settling deliveries.</summary>
    Settle,

    /// <summary>Renewing leases.</summary>
    Renew,

    /// <summary>Reading outcomes or state.</summary>
    Read,

    /// <summary>Writing state: claims, effect records, progress, cancellations.</summary>
    Write,
}

/// <summary>How an operation goes wrong.</summary>
public readonly record struct EngineFault
{
    private EngineFault(bool isDone, bool isAnswered, TimeSpan delay)
    {
        IsDone = isDone;
        IsAnswered = isAnswered;
        Delay = delay;
    }

    /// <summary>It does not.</summary>
    public static EngineFault None { get; } = new(true, true, TimeSpan.Zero);

    /// <summary>Nothing is done, and the caller is told that the engine did not answer.</summary>
    public static EngineFault Fail { get; } = new(false, false, TimeSpan.Zero);

    /// <summary>It is done, and the caller is told that the engine did not answer: the answer was lost.</summary>
    public static EngineFault LoseAnswer { get; } = new(true, false, TimeSpan.Zero);

    /// <summary>Whether the operation takes place.</summary>
    public bool IsDone { get; }

    /// <summary>Whether the caller hears of it.</summary>
    public bool IsAnswered { get; }

    /// <summary>How long it takes before it takes place.</summary>
    public TimeSpan Delay { get; }

    /// <summary>It takes a while, and then goes well.</summary>
    public static EngineFault After(TimeSpan delay) => new(true, true, delay);
}

/// <summary>What goes wrong, and when: by script, always, or by chance. Safe from any thread.</summary>
public sealed class EngineFaults
{
    private readonly Lock _gate = new();
    private readonly Dictionary<EngineOperation, Queue<EngineFault>> _scripts = [];
    private readonly Dictionary<EngineOperation, EngineFault> _always = [];
    private readonly Dictionary<EngineOperation, (EngineFault Fault, double Probability)> _chances = [];
    private readonly Dictionary<EngineOperation, int> _counts = [];
    private readonly Random _random;

    internal EngineFaults(int seed) => _random = new Random(seed);

    /// <summary>The engine was cut off just now.</summary>
    internal event Action? WasCutOff;

    /// <summary>Whether the engine is cut off: nothing is done any more, until <see cref="Reconnect"/>.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>The next operations go wrong like this, one fault after the other; those after them go well.</summary>
    public EngineFaults Next(EngineOperation operation, params ReadOnlySpan<EngineFault> faults)
    {
        lock (_gate)
        {
            if (!_scripts.TryGetValue(operation, out Queue<EngineFault>? script))
            {
                _scripts[operation] = script = new Queue<EngineFault>();
            }

            foreach (EngineFault fault in faults)
            {
                script.Enqueue(fault);
            }
        }

        return this;
    }

    /// <summary>Every operation of this kind goes wrong like this, until <see cref="EngineFault.None"/> is set.</summary>
    public EngineFaults Always(EngineOperation operation, EngineFault fault)
    {
        lock (_gate)
        {
            _always[operation] = fault;
        }

        return this;
    }

    /// <summary>An operation of this kind goes wrong like this with a probability from 0 to 1, by the seed of the engine.</summary>
    public EngineFaults ByChance(EngineOperation operation, EngineFault fault, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
        lock (_gate)
        {
            _chances[operation] = (fault, probability);
        }

        return this;
    }

    /// <summary>Nothing goes wrong any more.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _scripts.Clear();
            _always.Clear();
            _chances.Clear();
            IsCutOff = false;
        }
    }

    /// <summary>
    /// Cuts whoever uses this engine off from it: nothing that is asked from now on is done. Its leases run out, and its tasks are delivered to others, as after
    /// a crash or a broken network. What the engine holds ready for it, and has not given it, goes to others at once.
    /// </summary>
    public void CutOff()
    {
        lock (_gate)
        {
            if (IsCutOff)
            {
                return;
            }

            IsCutOff = true;
        }

        WasCutOff?.Invoke();
    }

    /// <summary>Ends <see cref="CutOff"/>.</summary>
    public void Reconnect()
    {
        lock (_gate)
        {
            IsCutOff = false;
        }
    }

    /// <summary>How often an operation was asked for.</summary>
    public int Count(EngineOperation operation)
    {
        lock (_gate)
        {
            return _counts.GetValueOrDefault(operation);
        }
    }

    internal EngineFault Take(EngineOperation operation)
    {
        lock (_gate)
        {
            _counts[operation] = _counts.GetValueOrDefault(operation) + 1;
            if (IsCutOff)
            {
                return EngineFault.Fail;
            }

            if (_scripts.TryGetValue(operation, out Queue<EngineFault>? script) && script.TryDequeue(out EngineFault scripted))
            {
                return scripted;
            }

            if (_always.TryGetValue(operation, out EngineFault always) && always != EngineFault.None)
            {
                return always;
            }

            return _chances.TryGetValue(operation, out (EngineFault Fault, double Probability) chance) && _random.NextDouble() < chance.Probability
                ? chance.Fault
                : EngineFault.None;
        }
    }
}
