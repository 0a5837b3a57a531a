namespace TypedTasks;

/// <summary>
/// When a task is enqueued again and again: a cron expression in a time zone, an interval, or a rule of your own, for which you derive from this class. Given to a task by
/// <see cref="ScheduleAttribute">[Schedule]</see> or to a call by <see cref="TypedTasksBuilder.AddSchedule{TContract, TResult, TArguments}"/>.
/// </summary>
/// <remarks>Immutable; safe from any thread. An instant of it is an occurrence: it is known by its instant, so that several processes which enqueue it enqueue one task.</remarks>
public abstract record TaskSchedule
{
    /// <summary>What becomes of occurrences that came while no process was there.</summary>
    public MissedRuns Missed { get; init; }

    /// <summary>Whether an occurrence is passed over while the task of the one before it waits, runs, or is to be tried again.</summary>
    public bool SkipWhileRunning { get; init; }

    /// <summary>The rule as people read it, such as <c>0 5 * * * Europe/Lisbon</c>: a schedule with another text counts as changed.</summary>
    public abstract string Text { get; }

    /// <summary>A schedule by a cron expression, as <c>man 5 crontab</c> describes it, in a time zone.</summary>
    /// <remarks>
    /// <para>
    /// The fields are minute (0-59), hour (0-23), day of month (1-31), month (1-12 or JAN-DEC) and day of week (0-7 or SUN-SAT; 0 and 7 are Sunday), and before them, where there are six, second (0-59).
    /// Each is <c>*</c>, a value, a range (<c>9-17</c>; <c>22-2</c> goes on at the beginning), a step (<c>*/5</c>, <c>10-30/5</c>; <c>5/15</c> is from 5 on) or a list of them (<c>1,5,10-12</c>).
    /// Spaces or tabs divide them, and names are read in either case. <c>@yearly</c> or <c>@annually</c> (0 0 1 1 *), <c>@monthly</c> (0 0 1 * *), <c>@weekly</c> (0 0 * * 0), <c>@daily</c> or
    /// <c>@midnight</c> (0 0 * * *) and <c>@hourly</c> (0 * * * *) are whole expressions.
    /// </para>
    /// <para>
    /// Beyond crontab, and by themselves in their field: day of month <c>L</c> (the last), <c>L-3</c> (three days before it), <c>15W</c> (the weekday, Monday to Friday, nearest to the 15th in its month)
    /// and <c>LW</c>; day of week <c>5L</c> or <c>FRIL</c> (the last Friday of the month) and <c>MON#2</c> (its second Monday). In these two fields <c>?</c> is <c>*</c>.
    /// </para>
    /// <para>
    /// Other than in crontab, a day must match the day of month <em>and</em> the day of week: <c>0 0 13 * FRI</c> is Friday the 13th. An expression that no day matches, such as <c>0 0 30 2 *</c>, is refused.
    /// </para>
    /// <para>
    /// Times are those of the zone's clock. What falls into the time that is left out when the clock is set forward comes once, at the end of it. What falls into the time that is shown twice when the clock
    /// is set back comes once, the first time, if its second, minute and hour are single values, and both times if one of them is <c>*</c>, a range or a step: <c>30 1 * * *</c> once, <c>*/30 * * * *</c> every
    /// half hour.
    /// </para>
    /// </remarks>
    /// <param name="expression">Five fields or six, or a name with <c>@</c>: at most 200 characters.</param>
    /// <param name="timeZone">An IANA time zone, such as <c>Europe/Lisbon</c>. It is looked up when a time is asked for, and when a process starts.</param>
    /// <exception cref="FormatException">This is no cron expression; the message says which field, and why.</exception>
    public static TaskSchedule Cron(string expression, string timeZone = "UTC") => new CronSchedule(expression, timeZone);

    /// <summary>A schedule of equal steps of real time, counted from 1970-01-01T00:00:00Z, so that every process has the same.</summary>
    /// <param name="interval">At least a second, in whole milliseconds, at most 366 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter, longer, or has a part of a millisecond.</exception>
    public static TaskSchedule Every(TimeSpan interval) => new IntervalSchedule(interval);

    /// <summary>The first occurrence after an instant; null when there is none any more. In whole milliseconds, always the same for the same instant.</summary>
    /// <exception cref="TaskConfigurationException">The time zone is not known on this machine.</exception>
    public abstract DateTimeOffset? NextAfter(DateTimeOffset instant);

    /// <summary>What keeps this schedule from being used on this machine, as a sentence; null when nothing does. Asked when a process starts.</summary>
    internal virtual string? FindMistake() => null;

    /// <inheritdoc/>
    public sealed override string ToString() => Text;
}
