namespace TypedTasks.Tests.Scheduling;

/// <summary>Expressions of every form, by chance: such as are read by us and by Cronos alike, though some never occur.</summary>
internal sealed class RandomCron(Random random)
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <summary>Five fields or six.</summary>
    public string Next() => random.Next(4) == 0 ? $"{Field(0, 59)} {Five()}" : Five();

    /// <summary>Five fields that often hit the night, when clocks are changed.</summary>
    public string NextAtNight()
    {
        string minute = random.Next(3) switch { 0 => $"*/{random.Next(1, 30)}", 1 => $"{random.Next(60)}", _ => Field(0, 59) };
        string hour = random.Next(4) switch { 0 => "*", 1 => $"{random.Next(4)}", 2 => $"{random.Next(3)},{random.Next(1, 5)}", _ => $"{random.Next(20, 24)}-{random.Next(5)}" };
        return $"{minute} {hour} {(random.Next(4) == 0 ? $"{DayOfMonth()} * *" : random.Next(4) == 0 ? $"* * {DayOfWeek()}" : "* * *")}";
    }

    private string Five()
    {
        string month = random.Next(2) == 0 ? "*" : random.Next(3) == 0 ? Case(Months[random.Next(12)]) : Field(1, 12);
        return $"{Field(0, 59)} {Field(0, 23)} {DayOfMonth()} {month} {DayOfWeek()}";
    }

    private string DayOfMonth() => random.Next(10) switch
    {
        < 4 => "*",
        4 => "?",
        5 => random.Next(2) == 0 ? "L" : $"L-{random.Next(31)}",
        6 => $"{random.Next(1, 32)}W",
        7 => random.Next(2) == 0 ? "LW" : $"L-{random.Next(31)}W",
        _ => Field(1, 31),
    };

    private string DayOfWeek() => random.Next(10) switch
    {
        < 4 => "*",
        4 => "?",
        5 => $"{Weekday()}L",
        6 => $"{Weekday()}#{random.Next(1, 6)}",
        7 => $"{Case(Weekdays[random.Next(7)])}-{Case(Weekdays[random.Next(7)])}",
        _ => Field(0, 6),
    };

    private string Field(int least, int most) => random.Next(4) switch
    {
        0 => "*",
        1 => $"*/{random.Next(1, most + 1)}",
        _ => string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Item(least, most))),
    };

    private string Item(int least, int most) => random.Next(5) switch
    {
        0 => $"{random.Next(least, most + 1)}-{random.Next(least, most + 1)}",
        1 => $"{random.Next(least, most + 1)}-{random.Next(least, most + 1)}/{random.Next(1, most + 1)}",
        2 => $"{random.Next(least, most + 1)}/{random.Next(1, most + 1)}",
        _ => $"{random.Next(least, most + 1)}",
    };

    private string Weekday() => random.Next(2) == 0 ? $"{random.Next(8)}" : Case(Weekdays[random.Next(7)]);

    private string Case(string name) => random.Next(2) == 0 ? name : name.ToLowerInvariant();
}
