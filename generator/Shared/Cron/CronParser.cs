using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TypedTasks.Shared.Cron;

/// <summary>
/// Reads cron expressions: those of <c>man 5 crontab</c>, with seconds where there are six fields, and with <c>L</c>, <c>W</c> and <c>#</c>. Whatever the text is, nothing is thrown.
/// </summary>
internal static class CronParser
{
    public const int LongestText = 200;

    private const string FieldsWanted = "five fields (minute, hour, day of month, month, day of week), or six with the second before them";

    private static readonly char[] Spaces = [' ', '\t'];

    private static readonly (string Name, string Expression)[] Macros =
    [
        ("@yearly", "0 0 1 1 *"),
        ("@annually", "0 0 1 1 *"),
        ("@monthly", "0 0 1 * *"),
        ("@weekly", "0 0 * * 0"),
        ("@daily", "0 0 * * *"),
        ("@midnight", "0 0 * * *"),
        ("@hourly", "0 * * * *"),
    ];

    /// <summary>The parts of an expression that spaces and tabs divide.</summary>
    public static string[] Split(string text) => text.Split(Spaces, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads one expression.</summary>
    /// <param name="text">The expression, at most <see cref="LongestText"/> characters.</param>
    /// <param name="fields">What it means.</param>
    /// <param name="error">What is wrong: which field, what is written there, and what would be right. A part of a sentence, without a full stop.</param>
    public static bool TryParse(string? text, out CronFields fields, [NotNullWhen(false)] out string? error)
    {
        fields = default;
        if (text is null || text.Length > LongestText)
        {
            error = text is null ? $"there is no text; write {FieldsWanted}" : $"the text has {text.Length} characters, more than {LongestText}";
            return false;
        }

        string[] parts = Split(text);
        if (parts is [['@', ..] macro] && !TryReadMacro(macro, out parts, out error))
        {
            return false;
        }

        if (parts.Length is not (5 or 6))
        {
            error = parts.Length == 0 ? $"the text is empty; write {FieldsWanted}" : $"there {(parts.Length == 1 ? "is one field" : $"are {parts.Length} fields")}; write {FieldsWanted}";
            return false;
        }

        bool isRead = TryReadFields(parts, out CronFields read, out error);
        fields = isRead ? read : default;
        return isRead;
    }

    private static bool TryReadMacro(string macro, out string[] parts, [NotNullWhen(false)] out string? error)
    {
        string? expression = Array.Find(Macros, known => known.Name.Equals(macro, StringComparison.OrdinalIgnoreCase)).Expression;
        parts = Split(expression ?? "");
        error = expression is null ? $"'{macro}' is none of @yearly, @annually, @monthly, @weekly, @daily, @midnight and @hourly" : null;
        return expression is not null;
    }

    private static bool TryReadFields(string[] parts, out CronFields fields, [NotNullWhen(false)] out string? error)
    {
        fields = new CronFields { Seconds = 1 };
        int at = parts.Length - 5;
        if ((at == 1 && !TryReadSecond(parts[0], ref fields, out error)) ||
            !TryReadTime(parts[at], parts[at + 1], ref fields, out error) ||
            !CronDayReader.TryReadDayOfMonth(parts[at + 2], ref fields, out error) ||
            !CronListReader.TryRead(CronField.Month, parts[at + 3], out ulong months, out _, out error) ||
            !CronDayReader.TryReadDayOfWeek(parts[at + 4], ref fields, out error))
        {
            return false;
        }

        fields = fields with { Months = (uint)months };
        error = fields.CanOccur() ? null : NeverOccurs(fields, parts[at + 2], parts[at + 3], parts[at + 4]);
        return error is null;
    }

    private static bool TryReadSecond(string second, ref CronFields fields, [NotNullWhen(false)] out string? error)
    {
        if (!CronListReader.TryRead(CronField.Second, second, out ulong seconds, out bool isInterval, out error))
        {
            return false;
        }

        fields = fields with { Seconds = seconds, Intervals = isInterval ? CronIntervals.Seconds : CronIntervals.None };
        return true;
    }

    private static bool TryReadTime(string minute, string hour, ref CronFields fields, [NotNullWhen(false)] out string? error)
    {
        if (!CronListReader.TryRead(CronField.Minute, minute, out ulong minutes, out bool minutesAreInterval, out error) ||
            !CronListReader.TryRead(CronField.Hour, hour, out ulong hours, out bool hoursAreInterval, out error))
        {
            return false;
        }

        CronIntervals intervals = fields.Intervals | (minutesAreInterval ? CronIntervals.Minutes : 0) | (hoursAreInterval ? CronIntervals.Hours : 0);
        fields = fields with { Minutes = minutes, Hours = (uint)hours, Intervals = intervals };
        return true;
    }

    private static string NeverOccurs(CronFields fields, string day, string month, string weekday)
    {
        bool isDayThere = (fields with { Weekdays = CronFields.EveryWeekday, WeekdayOfMonth = 0 }).CanOccur();
        return isDayThere
            ? $"no day is ever both the day of month '{day}' (month '{month}') and the day of week '{weekday}', and it must be both"
            : $"there is no day of month '{day}' in {MonthNames(fields.Months)}";
    }

    // February; April or June.
    private static string MonthNames(uint months)
    {
        string[] names =
            [.. Enumerable.Range(1, 12).Where(month => (months >> month & 1) != 0).Select(CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName)];
        return names.Length < 2 ? string.Concat(names) : string.Join(", ", names, 0, names.Length - 1) + " or " + names[names.Length - 1];
    }
}
