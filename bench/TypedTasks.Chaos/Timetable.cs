using System.Globalization;

namespace TypedTasks.Chaos;

/// <summary>
/// The schedules of the experiment of that name: every worker goes by all of them, and each has an occurrence every second. The occurrences that count are numbered from the second on that the producer
/// wrote into the run's folder when all schedules were known to the engine, second by second.
/// </summary>
internal sealed class Timetable(string folder, long tasks)
{
    public const int Schedules = 20;

    private readonly string _file = Path.Combine(folder, "begin.txt");
    private long _begin;

    public static string NameOf(long schedule) => string.Create(CultureInfo.InvariantCulture, $"chaos-{schedule}");

    public static TaskSchedule EverySecond { get; } = TaskSchedule.Every(TimeSpan.FromSeconds(1)) with { Missed = MissedRuns.Each };

    /// <summary>Says when it begins, in seconds since 1970.</summary>
    public void Begin(long second)
    {
        string draft = _file + "~";
        File.WriteAllText(draft, second.ToString(CultureInfo.InvariantCulture));
        File.Move(draft, _file);
    }

    /// <summary>The number of an occurrence; null for one that does not count.</summary>
    public long? NumberOf(long schedule, DateTimeOffset occurrence)
    {
        if (_begin == 0 && File.Exists(_file))
        {
            _begin = long.Parse(File.ReadAllText(_file), CultureInfo.InvariantCulture);
        }

        long number = ((occurrence.ToUnixTimeSeconds() - _begin) * Schedules) + schedule;
        return _begin > 0 && number >= 0 && number < tasks ? number : null;
    }
}
