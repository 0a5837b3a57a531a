using TypedTasks.Shared.Cron;

namespace TypedTasks.Tests.Scheduling;

/// <summary>
/// Whole years, minute by minute: a clock on the wall is watched, and each time that it shows is held against what the expression says in C#. Nothing is early, left out or doubled.
/// </summary>
public sealed class CronYearTests
{
    private static readonly (string Text, bool RunsThroughBoth, Func<DateTime, bool> Matches)[] Expressions =
    [
        ("*/15 * * * *", true, time => time.Minute % 15 == 0),
        ("0 * * * *", true, time => time.Minute == 0),
        ("30 0-3 * * *", true, time => time.Minute == 30 && time.Hour <= 3),
        ("*/20 1 * * *", true, time => time.Minute % 20 == 0 && time.Hour == 1),
        ("30 1 * * *", false, time => time.Minute == 30 && time.Hour == 1),
        ("30 2 * * *", false, time => time.Minute == 30 && time.Hour == 2),
        ("0,10,50 0,1,2,3 * * *", false, time => time.Minute is 0 or 10 or 50 && time.Hour <= 3),
        ("0 0 * * *", false, time => time.TimeOfDay == TimeSpan.Zero),
        ("59 23 * * *", false, time => time is { Hour: 23, Minute: 59 }),
        ("0 5 29 2 *", false, time => time is { Month: 2, Day: 29, Hour: 5, Minute: 0 }),
        ("0 0 L * *", false, time => time.AddDays(1).Day == 1 && time.TimeOfDay == TimeSpan.Zero),
        ("45 23 LW * *", false, time => time is { Hour: 23, Minute: 45 } && IsWeekday(time) && Enumerable.Range(1, 7).All(days => time.AddDays(days) is var later && (later.Month != time.Month || !IsWeekday(later)))),
        ("1 1 1 1 *", false, time => time is { Month: 1, Day: 1, Hour: 1, Minute: 1 }),
        ("30 1 * * SUN#5", false, time => time is { DayOfWeek: DayOfWeek.Sunday, Day: > 28, Hour: 1, Minute: 30 }),
        ("30 1 * * SUNL", false, time => time is { DayOfWeek: DayOfWeek.Sunday, Hour: 1, Minute: 30 } && time.AddDays(7).Month != time.Month),
        ("0 12 13 * FRI", false, time => time is { Day: 13, DayOfWeek: DayOfWeek.Friday, Hour: 12, Minute: 0 }),
    ];

    [Theory]
    [InlineData("UTC", 2024, 0)]
    [InlineData("Europe/Lisbon", 2024, 2)]
    [InlineData("Europe/Dublin", 2027, 2)]
    [InlineData("Africa/Casablanca", 2027, 2)]
    [InlineData("America/New_York", 2028, 2)]
    [InlineData("America/Sao_Paulo", 2017, 2)]
    [InlineData("Australia/Lord_Howe", 2026, 2)]
    [InlineData("Antarctica/Troll", 2026, 2)]
    [InlineData("Asia/Kathmandu", 2024, 0)]
    [InlineData("Pacific/Apia", 2011, 3)]
    [InlineData("America/Caracas", 2016, 1)]
    [InlineData("Europe/Istanbul", 2016, 1)]
    [InlineData("Pacific/Kiritimati", 2024, 0)]
    public void A_year_is_as_the_clock_shows_it(string id, int year, int changes)
    {
        TimeZoneInfo zone = Zones.Find(id);
        DateTimeOffset start = new(year - 1, 12, 30, 0, 0, 0, TimeSpan.Zero);
        DateTimeOffset end = new(year + 1, 1, 3, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(changes, Zones.ChangesOf(zone, start, end).Count());
        List<DateTimeOffset>[] expected = Watch(zone, start, end);
        for (int index = 0; index < Expressions.Length; index++)
        {
            Assert.True(CronParser.TryParse(Expressions[index].Text, out CronFields fields, out string? error), error);
            List<DateTimeOffset> times = [];
            for (DateTimeOffset? at = CronTimes.NextAfter(fields, zone, start.AddTicks(-1)); at < end; at = CronTimes.NextAfter(fields, zone, at.Value))
            {
                times.Add(at.Value);
            }

            Assert.True(expected[index].SequenceEqual(times), $"{Expressions[index].Text}: {First(expected[index].Except(times))} is left out, {First(times.Except(expected[index]))} is added.");
        }
    }

    [Theory]
    [InlineData("Europe/Lisbon", 2024)]
    [InlineData("Europe/Dublin", 2024)]
    [InlineData("Australia/Lord_Howe", 2024)]
    public void The_time_after_any_instant_is_the_next_of_the_year(string id, int year)
    {
        TimeZoneInfo zone = Zones.Find(id);
        DateTimeOffset start = new(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
        List<DateTimeOffset>[] expected = Watch(zone, start, start.AddYears(1));
        Random random = new(3);
        DateTimeOffset[] changes = [.. Zones.ChangesOf(zone, start, start.AddYears(1))];
        for (int index = 0; index < Expressions.Length; index++)
        {
            Assert.True(CronParser.TryParse(Expressions[index].Text, out CronFields fields, out _));
            for (int round = 0; round < 400; round++)
            {
                DateTimeOffset instant = round % 2 == 0
                    ? start.AddTicks(random.NextInt64(300 * TimeSpan.TicksPerDay))
                    : changes[random.Next(changes.Length)].AddSeconds(random.Next(-4 * 3600, 4 * 3600));
                int next = expected[index].BinarySearch(instant);
                next = next < 0 ? ~next : next + 1;
                if (next < expected[index].Count)
                {
                    Assert.Equal(expected[index][next], CronTimes.NextAfter(fields, zone, instant));
                }
            }
        }
    }

    // A time that the clock leaves out is there when it is set forward; one that it has shown before counts again only for what runs at intervals.
    private static List<DateTimeOffset>[] Watch(TimeZoneInfo zone, DateTimeOffset start, DateTimeOffset end)
    {
        List<DateTimeOffset>[] expected = [.. Expressions.Select(_ => new List<DateTimeOffset>())];
        DateTime latest = Shown(zone, start.AddMinutes(-1));
        for (DateTimeOffset at = start; at < end; at = at.AddMinutes(1))
        {
            DateTime shown = Shown(zone, at);
            for (int index = 0; index < Expressions.Length; index++)
            {
                bool matches = shown <= latest && Expressions[index].RunsThroughBoth && Expressions[index].Matches(shown);
                for (DateTime time = latest.AddMinutes(1); time <= shown && !matches; time = time.AddMinutes(1))
                {
                    matches = Expressions[index].Matches(time);
                }

                if (matches)
                {
                    expected[index].Add(at);
                }
            }

            latest = shown > latest ? shown : latest;
        }

        return expected;
    }

    private static DateTime Shown(TimeZoneInfo zone, DateTimeOffset at) => at.UtcDateTime + zone.GetUtcOffset(at);

    private static bool IsWeekday(DateTime time) => time.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static string First(IEnumerable<DateTimeOffset> times) => times.Select(time => $"{time:u}").FirstOrDefault("nothing");
}
