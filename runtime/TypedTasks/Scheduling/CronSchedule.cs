using TypedTasks.Shared.Cron;

namespace TypedTasks;

/// <summary>A schedule by a cron expression in a time zone.</summary>
/// <remarks>
/// The expression is read when the schedule is made, and the zone is looked up whenever it is needed: descriptors are made in static initialisers, where a zone that is missing on a machine would
/// take the contract with it. The runtime keeps the zones that it has read.
/// </remarks>
internal sealed record CronSchedule : TaskSchedule
{
    private readonly CronFields _fields;

    /// <exception cref="FormatException">The expression is not one.</exception>
    public CronSchedule(string expression, string timeZone)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(timeZone);
        if (!CronParser.TryParse(expression, out _fields, out string? error))
        {
            string shown = expression.Length > CronParser.LongestText ? string.Concat(expression.AsSpan(0, CronParser.LongestText), "…") : expression;
            throw new FormatException($"'{shown}' is not a cron expression: {error}.");
        }

        TimeZone = timeZone;
        Text = $"{string.Join(' ', CronParser.Split(expression))} {timeZone}";
    }

    public string TimeZone { get; }

    public override string Text { get; }

    public override DateTimeOffset? NextAfter(DateTimeOffset instant) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out TimeZoneInfo? zone) ? CronTimes.NextAfter(_fields, zone, instant) : throw new TaskConfigurationException(UnknownZone());

    internal override string? FindMistake() => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _) ? null : UnknownZone();

    private string UnknownZone() =>
        $"The time zone '{TimeZone}' of the schedule '{Text}' is not known on this machine. Correct the name, which is an IANA one such as Europe/Lisbon, or install the time zones: " +
        "on Linux the package tzdata. On Windows names of IANA are not known where InvariantGlobalization is set.";
}
