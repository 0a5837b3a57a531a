namespace TypedTasks.Load.Lanes;

/// <summary>A digit as a type.</summary>
internal interface IDigit
{
    static abstract int Value { get; }
}

internal readonly struct Zero : IDigit
{
    public static int Value => 0;
}

internal readonly struct One : IDigit
{
    public static int Value => 1;
}

internal readonly struct Two : IDigit
{
    public static int Value => 2;
}

internal readonly struct Three : IDigit
{
    public static int Value => 3;
}

internal readonly struct Four : IDigit
{
    public static int Value => 4;
}

internal readonly struct Five : IDigit
{
    public static int Value => 5;
}

internal readonly struct Six : IDigit
{
    public static int Value => 6;
}

internal readonly struct Seven : IDigit
{
    public static int Value => 7;
}

internal readonly struct Eight : IDigit
{
    public static int Value => 8;
}

internal readonly struct Nine : IDigit
{
    public static int Value => 9;
}
