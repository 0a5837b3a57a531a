namespace TypedTasks.Shared.Cron;

/// <summary>One field of a cron expression: its name, its values, and what is said of a value that it has not.</summary>
internal sealed class CronField
{
    private readonly string[] _names;

    private CronField(string name, int least, int most, params string[] names)
    {
        Name = name;
        Least = least;
        Most = most;
        _names = names;
    }

    public static CronField Second { get; } = new("second", 0, 59);

    public static CronField Minute { get; } = new("minute", 0, 59);

    public static CronField Hour { get; } = new("hour", 0, 23);

    public static CronField DayOfMonth { get; } = new("day of month", 1, 31);

    public static CronField Month { get; } = new("month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    /// <summary>Sunday is 0 and 7.</summary>
    public static CronField DayOfWeek { get; } = new("day of week", 0, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    public string Name { get; }

    public int Least { get; }

    public int Most { get; }

    /// <summary>How many different values there are before they begin anew.</summary>
    public int Count => this == DayOfWeek ? 7 : Most - Least + 1;

    public bool IsDay => this == DayOfMonth || this == DayOfWeek;

    /// <summary>Reads a number or a name.</summary>
    public bool TryReadValue(string text, out int value)
    {
        if (TryReadNumber(text, out value))
        {
            return value >= Least && value <= Most;
        }

        int index = Array.FindIndex(_names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        value = Least + index;
        return index >= 0;
    }

    /// <summary>Reads digits; a number of more digits than an <see cref="int"/> holds is its largest value.</summary>
    public static bool TryReadNumber(string text, out int number)
    {
        number = 0;
        foreach (char character in text)
        {
            if (character is < '0' or > '9')
            {
                return false;
            }

            number = number > 9_999 ? int.MaxValue : (number * 10) + (character - '0');
        }

        return text.Length > 0;
    }

    /// <summary>What is wrong with a value that <see cref="TryReadValue"/> does not read.</summary>
    /// <param name="value">The value.</param>
    /// <param name="written">The whole field.</param>
    public string WrongValue(string value, string written) => value switch
    {
        "" => $"a value is missing in the {Name} '{written}'; {Values}",
        "?" when !IsDay => $"the {Name} '{written}' has a '?', which is for the days only; write '*'",
        "*" or "?" => $"the {Name} '{written}' has a '{value}' at an end of a range; {Values}",
        _ when TryReadNumber(value, out _) => $"the {Name} '{value}' is not between {Least} and {Most}",
        _ when this == DayOfMonth => $"the day of month '{value}' is not a number between 1 and 31; L, L-3, 15W and LW are written by themselves, not in a list or range",
        _ when _names.Length == 0 => $"the {Name} '{value}' is not a number between {Least} and {Most}",
        _ => $"the {Name} '{value}' is neither a number between {Least} and {Most} nor a name from {_names[0]} to {_names[_names.Length - 1]}",
    };

    private string Values => _names.Length == 0 ? $"values are {Least} to {Most}" : $"values are {Least} to {Most} and {_names[0]} to {_names[_names.Length - 1]}";
}
