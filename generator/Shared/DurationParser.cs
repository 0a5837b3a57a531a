using System.Globalization;
using TypedTasks.Shared.Model;

namespace TypedTasks.Shared;

/// <summary>
/// Reads the durations of attributes: a number and <c>us</c>, <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c> (<c>500ms</c>, <c>1.5s</c>), or <c>hh:mm:ss</c>.
/// They are read at compile time only; emitted code holds ticks.
/// </summary>
internal static class DurationParser
{
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("us", 10),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
        ("d", TimeSpan.TicksPerDay),
    ];

    /// <summary>Reads one duration.</summary>
    public static bool TryParse(string? text, out Duration duration)
    {
        duration = default;
        if (text is null || !TryReadTicks(text, out long ticks))
        {
            return false;
        }

        duration = new Duration(ticks, text);
        return true;
    }

    /// <summary>Reads <c>1s..5m</c>, a least and a most; one duration alone is both.</summary>
    public static bool TryParseRange(string? text, out Duration least, out Duration most)
    {
        least = most = default;
        if (text is null)
        {
            return false;
        }

        int dots = text.IndexOf("..", StringComparison.Ordinal);
        return dots < 0
            ? TryParse(text, out least) && TryParse(text, out most)
            : TryParse(text.Substring(0, dots), out least) && TryParse(text.Substring(dots + 2), out most) && least.Ticks <= most.Ticks;
    }

    private static bool TryReadTicks(string text, out long ticks)
    {
        ticks = 0;
        if (text.IndexOf(':') >= 0)
        {
            bool isTimeSpan = TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan span) && span >= TimeSpan.Zero;
            ticks = span.Ticks;
            return isTimeSpan;
        }

        int length = 0;
        while (length < text.Length && text[length] is (>= '0' and <= '9') or '.')
        {
            length++;
        }

        string unit = text.Substring(length);
        long scale = Array.Find(Units, candidate => candidate.Unit == unit).Ticks;
        string number = text.Substring(0, length);
        if (scale == 0 || number.StartsWith(".", StringComparison.Ordinal) || number.EndsWith(".", StringComparison.Ordinal) ||
            !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) ||
            value > long.MaxValue / scale)
        {
            return false;
        }

        ticks = (long)(value * scale);
        return true;
    }
}
