using System.Diagnostics.CodeAnalysis;

namespace TypedTasks.Shared.Cron;

/// <summary>Reads what every field may be: <c>*</c>, values, ranges and steps, and lists of them.</summary>
internal static class CronListReader
{
    /// <summary>Reads one field.</summary>
    /// <param name="field">Which one.</param>
    /// <param name="written">Its text.</param>
    /// <param name="bits">A bit for each of its values; Sunday is bit 0.</param>
    /// <param name="isInterval">Whether there is a <c>*</c>, a range or a step in it.</param>
    /// <param name="error">What is wrong with it.</param>
    public static bool TryRead(CronField field, string written, out ulong bits, out bool isInterval, [NotNullWhen(false)] out string? error)
    {
        bits = 0;
        isInterval = false;
        error = null;
        foreach (string item in written.Split(','))
        {
            error = ReadItem(field, written, item, ref bits, ref isInterval);
            if (error is not null)
            {
                return false;
            }
        }

        return true;
    }

    private static string? ReadItem(CronField field, string written, string item, ref ulong bits, ref bool isInterval)
    {
        int slash = item.IndexOf('/');
        string values = slash < 0 ? item : item.Substring(0, slash);
        int step = 1;
        if (slash >= 0 && (!CronField.TryReadNumber(item.Substring(slash + 1), out step) || step == 0 || step > field.Most))
        {
            return $"the step '{item.Substring(slash + 1)}' of the {field.Name} '{written}' is not between 1 and {field.Most}";
        }

        if (values == "*" || (values == "?" && field.IsDay))
        {
            isInterval = true;
            bits |= Steps(field, field.Least, field.Most, step);
            return null;
        }

        int dash = values.IndexOf('-');
        string from = dash < 0 ? values : values.Substring(0, dash);
        if (!field.TryReadValue(from, out int first))
        {
            return field.WrongValue(from, written);
        }

        // 5/15 is from 5 on.
        int last = slash < 0 ? first : field.Most;
        if (dash >= 0 && !field.TryReadValue(values.Substring(dash + 1), out last))
        {
            return field.WrongValue(values.Substring(dash + 1), written);
        }

        isInterval |= dash >= 0 || slash >= 0;
        bits |= Steps(field, first, last, step);
        return null;
    }

    private static ulong Steps(CronField field, int first, int last, int step)
    {
        // FRI-MON goes on at the beginning; for the days of the week that is also where 7 is.
        last += first > last ? field.Count : 0;
        ulong bits = 0;
        for (int value = first; value <= last; value += step)
        {
            bits |= 1UL << (((value - field.Least) % field.Count) + field.Least);
        }

        return bits;
    }
}
