namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>The values of one call, put in the place of the parameters of the called method's summary. 0 is the receiver.</summary>
internal sealed class Binding(IReadOnlyList<Value> values)
{
    /// <summary>The binding of a handler: what the worker gives it is the same in every attempt.</summary>
    public static Binding OfHandler { get; } = new([]);

    public Value this[int index] => index < values.Count ? values[index] : Value.Stable;

    public Value Bind(Value value, int depth = 0)
    {
        if (value.Parameter >= 0)
        {
            return WithWrites(this[value.Parameter], value, depth);
        }

        if (value.Taint.Parameters == 0 && value.LoadedWith == 0 && value.Facts is null && value.Code is null)
        {
            return value;
        }

        (bool isLoaded, ulong loadedWith) = Loaded(value.LoadedWith);
        return value with
        {
            Taint = Bind(value.Taint),
            IsLoaded = value.IsLoaded || isLoaded,
            LoadedWith = loadedWith,
            Facts = value.Facts?.Bound(this, depth),
            Code = value.Code?.Bound(this),
        };
    }

    public Taint Bind(Taint taint)
    {
        Taint bound = taint.Closed();
        for (int i = 0; i < 64 && taint.Parameters >> i != 0; i++)
        {
            if ((taint.Parameters & Taint.Bit(i)) != 0)
            {
                bound = bound.Join(this[i].Taint);
            }
        }

        return bound;
    }

    private (bool IsLoaded, ulong LoadedWith) Loaded(ulong parameters)
    {
        bool isLoaded = false;
        ulong loadedWith = 0;
        for (int i = 0; i < 64 && parameters >> i != 0; i++)
        {
            if ((parameters & Taint.Bit(i)) != 0)
            {
                isLoaded |= this[i].IsLoaded;
                loadedWith |= this[i].LoadedWith;
            }
        }

        return (isLoaded, loadedWith);
    }

    // What the called method wrote into its parameter is known of the caller's object.
    private Value WithWrites(Value argument, Value parameter, int depth)
    {
        if (parameter.Facts is not { IsEmpty: false } writes)
        {
            return argument;
        }

        Facts merged = new() { Type = argument.Facts?.Type, IsCopy = argument.Facts?.IsCopy == true };
        if (argument.Facts is { } known)
        {
            merged.Add(known);
        }

        merged.Add(writes.Bound(this, depth));
        return argument with { Facts = merged };
    }
}
