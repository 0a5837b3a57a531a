namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>
/// How a value may differ between two attempts of one task. The default is stable: the same in every attempt.
/// Within a method's summary it is also said of which parameters the value is made (0 is the receiver), so that a caller can put its own values in.
/// </summary>
internal readonly record struct Taint
{
    private Taint(TaintKinds kinds, ulong parameters, string? source)
    {
        Kinds = kinds;
        Parameters = parameters;
        Source = source;
    }

    public static Taint External { get; } = new(TaintKinds.External, 0, null);

    public static Taint Scratch { get; } = new(TaintKinds.Scratch, 0, null);

    public TaintKinds Kinds { get; }

    /// <summary>A bit for each parameter that the value is made of; bit 63 stands for all further ones.</summary>
    public ulong Parameters { get; }

    /// <summary>What is different each time, as source names it: <c>Guid.NewGuid</c>.</summary>
    public string? Source { get; }

    /// <summary>Differs in every attempt.</summary>
    public bool IsVolatile => (Kinds & TaintKinds.Volatile) != 0;

    /// <summary>Read from outside the task, so it may have changed since the last attempt.</summary>
    public bool IsExternal => (Kinds & TaintKinds.External) != 0;

    /// <summary>A place for temporary data, which nobody looks for after the attempt.</summary>
    public bool IsScratch => (Kinds & TaintKinds.Scratch) != 0;

    public static Taint Volatile(string source) => new(TaintKinds.Volatile, 0, source);

    public static Taint OfParameter(int index) => new(TaintKinds.None, Bit(index), null);

    public static ulong Bit(int index) => 1UL << Math.Min(index, 63);

    public Taint Join(Taint other) => new(Kinds | other.Kinds, Parameters | other.Parameters, Source ?? other.Source);

    /// <summary>The same without its parameters: what is left of it when the caller's values are put in.</summary>
    public Taint Closed() => Parameters == 0 ? this : new(Kinds, 0, Source);
}

/// <summary>The ways in which a value may differ.</summary>
[Flags]
internal enum TaintKinds
{
    None = 0,
    Volatile = 1,
    External = 2,
    Scratch = 4,
}
