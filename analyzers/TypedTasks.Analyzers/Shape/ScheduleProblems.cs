using TypedTasks.Shared;
using TypedTasks.Shared.Cron;

namespace TypedTasks.Analyzers.Shape;

/// <summary>What is wrong with a <c>[Schedule]</c>, in words.</summary>
internal static class ScheduleProblems
{
    public static string Times(string task, string every) => every.Length == 0
        ? $"[Schedule] says not when '{task}' is enqueued: give it a cron expression (\"0 5 * * *\"), or Every (\"30s\")"
        : $"'{task}' has both a cron expression and Every; a schedule is the one or the other, so drop one";

    public static string Cron(string text) => IsDuration(text)
        ? $"'{text}' is a duration, and no cron expression: write [Schedule(Every = \"{text}\")]"
        : $"'{Shown(text)}' is no cron expression: {WhyNotCron(text)}";

    public static string Interval(string text) => IsDuration(text)
        ? $"The interval '{text}' is none of a schedule: it is at least 1s and at most 366d, in whole milliseconds"
        : CronParser.TryParse(text, out _, out _)
            ? $"'{text}' is a cron expression, and no duration: write [Schedule(\"{text}\")]"
            : $"'{text}' is no duration: write a number and ms, s, m, h or d (\"30s\", \"1.5h\"), or hh:mm:ss";

    public static string Zone(string zone) => string.IsNullOrWhiteSpace(zone)
        ? "The time zone is empty; name one, such as \"Europe/Lisbon\", or drop it for UTC"
        : "TimeZone has no effect beside Every: equal steps of time are the same in every zone; drop it, or write a cron expression";

    public static string Missed(string number) => $"Missed is {number}; it is one of MissedRuns.Latest, Each and Skip";

    public static string Parameter(string name) =>
        $"'{name}' has no default, and a task with [Schedule] is enqueued without arguments: give it a default, or instead of [Schedule] call AddSchedule(name, call, schedule) where the host is set up";

    private static string Shown(string text) => text.Length > CronParser.LongestText ? text.Substring(0, CronParser.LongestText) + "…" : text;

    private static bool IsDuration(string text) => DurationParser.TryParse(text, out _);

    private static string WhyNotCron(string text)
    {
        _ = CronParser.TryParse(text, out _, out string? why);
        return why ?? "";
    }
}
