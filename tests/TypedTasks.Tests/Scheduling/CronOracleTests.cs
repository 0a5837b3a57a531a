using Cronos;
using TypedTasks.Shared.Cron;

namespace TypedTasks.Tests.Scheduling;

/// <summary>The times of random expressions are those of Cronos.</summary>
public sealed class CronOracleTests
{
    private static readonly DateTimeOffset Start = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Lisbon")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("America/St_Johns")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Antarctica/Troll")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Asia/Tehran")]
    [InlineData("Asia/Gaza")]
    [InlineData("Pacific/Apia")]
    public void Times_are_those_of_Cronos(string id)
    {
        TimeZoneInfo zone = Zones.Find(id);
        Random random = new(id.Sum(character => character));
        RandomCron expressions = new(random);
        DateTimeOffset[] changes = [.. Zones.ChangesOf(zone, Start, Start.AddYears(15))];
        int compared = 0;
        for (int round = 0; round < 1_500; round++)
        {
            compared += Compare(expressions.Next(), zone, [Start.AddSeconds(random.NextInt64(20 * 366 * 86_400L)), Start.AddTicks(random.NextInt64(20 * 366 * TimeSpan.TicksPerDay))]);
        }

        for (int round = 0; round < 1_500 && changes.Length > 0; round++)
        {
            DateTimeOffset change = changes[random.Next(changes.Length)];
            compared += Compare(
                expressions.NextAtNight(), zone, [change.AddSeconds(random.Next(-90_000, 90_000)), change.AddMinutes(random.Next(-180, 180)), change, change.AddSeconds(-1), change.AddTicks(-1), change.AddSeconds(1)]);
        }

        Assert.True(compared > (changes.Length > 0 ? 5_000 : 2_500), $"Only {compared} times were compared.");
    }

    // There .NET's answers about local times, which Cronos builds on, leave clock changes out: far from these they agree.
    [Theory]
    [InlineData("Africa/Casablanca")]
    [InlineData("Europe/Dublin")]
    public void Times_far_from_a_change_of_the_clock_are_those_of_Cronos(string id)
    {
        TimeZoneInfo zone = Zones.Find(id);
        Random random = new(5);
        RandomCron expressions = new(random);
        DateTimeOffset[] changes = [.. Zones.ChangesOf(zone, Start, Start.AddYears(70))];
        int compared = 0;
        for (int round = 0; round < 4_000; round++)
        {
            compared += Compare(expressions.Next(), zone, [Start.AddSeconds(random.NextInt64(20 * 366 * 86_400L))], changes);
        }

        Assert.True(compared > 2_000, $"Only {compared} times were compared.");
    }

    private static int Compare(string text, TimeZoneInfo zone, DateTimeOffset[] instants, DateTimeOffset[]? except = null)
    {
        if (!CronParser.TryParse(text, out CronFields fields, out string? error))
        {
            Assert.Contains("no day", error, StringComparison.Ordinal);
            return 0;
        }

        CronExpression theirs = CronExpression.Parse(text, CronParser.Split(text).Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
        int compared = 0;
        foreach (DateTimeOffset instant in instants)
        {
            DateTimeOffset? next = CronTimes.NextAfter(fields, zone, instant);
            if (except is null || !except.Any(change => (change - instant).Duration() < TimeSpan.FromDays(3) || (change - next)?.Duration() < TimeSpan.FromDays(3)))
            {
                DateTimeOffset? expected = theirs.GetNextOccurrence(instant, zone);
                Assert.True(next == expected && next?.Offset == expected?.Offset, $"'{text}' in {zone.Id} after {instant:O}: {next:O} and not {expected:O}");
                compared++;
            }
        }

        return compared;
    }
}
