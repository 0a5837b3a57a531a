using System.Diagnostics.CodeAnalysis;

namespace TypedTasks.Shared.Cron;

/// <summary>Reads the two fields of the day, in which days are also counted: from the last, to the nearest weekday, and by weekday.</summary>
internal static class CronDayReader
{
    public static bool TryReadDayOfMonth(string written, ref CronFields fields, [NotNullWhen(false)] out string? error)
    {
        error = null;
        bool isNearest = written[written.Length - 1] is 'W' or 'w';
        string day = isNearest ? written.Substring(0, written.Length - 1) : written;
        if (day is ['L' or 'l', ..])
        {
            int before = 0;
            bool isRead = day.Length == 1 || (day[1] == '-' && CronField.TryReadNumber(day.Substring(2), out before) && before <= 30);
            fields = fields with { DaysBeforeLast = before, NearestWeekday = isNearest };
            error = isRead ? null : $"the day of month '{written}' is neither L, nor L-1 to L-30 (days before the last), nor one of these with a W behind it";
            return isRead;
        }

        if (isNearest)
        {
            bool isRead = CronField.DayOfMonth.TryReadValue(day, out int value);
            fields = fields with { Days = 1u << value, NearestWeekday = true };
            error = isRead ? null : $"the day of month '{written}' is not one day from 1 to 31, or L, with a W behind it, such as 15W";
            return isRead;
        }

        if (!CronListReader.TryRead(CronField.DayOfMonth, written, out ulong days, out _, out error))
        {
            return false;
        }

        fields = fields with { Days = (uint)days };
        return true;
    }

    public static bool TryReadDayOfWeek(string written, ref CronFields fields, [NotNullWhen(false)] out string? error)
    {
        error = null;
        int hash = written.IndexOf('#');
        bool isLast = hash < 0 && written[written.Length - 1] is 'L' or 'l';
        if (hash >= 0 || isLast)
        {
            if (!CronField.DayOfWeek.TryReadValue(written.Substring(0, isLast ? written.Length - 1 : hash), out int day))
            {
                error = isLast
                    ? $"the day of week '{written}' is not one day from 0 to 7 or SUN to SAT with an L behind it, such as FRIL"
                    : $"the day of week '{written}' is not one day from 0 to 7 or SUN to SAT with # and 1 to 5 behind it, such as MON#2";
                return false;
            }

            int which = CronFields.LastOfMonth;
            if (!isLast && (!CronField.TryReadNumber(written.Substring(hash + 1), out which) || which is < 1 or > 5))
            {
                error = $"the '{written.Substring(hash + 1)}' of the day of week '{written}' is not between 1 and 5";
                return false;
            }

            fields = fields with { Weekdays = 1u << (day % 7), WeekdayOfMonth = which };
            return true;
        }

        if (!CronListReader.TryRead(CronField.DayOfWeek, written, out ulong days, out _, out error))
        {
            return false;
        }

        fields = fields with { Weekdays = (uint)days };
        return true;
    }
}
