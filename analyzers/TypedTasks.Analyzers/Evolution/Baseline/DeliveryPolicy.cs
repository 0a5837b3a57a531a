using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Analyzers.Evolution;

/// <summary>The line <c>delivery attempts=5 backoff=1s..5m limit=30m expires=none keep=1h</c>: how a task is retried, limited and kept. What a line leaves out is not compared.</summary>
internal static class DeliveryPolicy
{
    /// <summary>The words, for messages.</summary>
    public const string Words = "attempts=5, backoff=1s..5m, limit=30m, expires=none, keep=1h";

    private const string None = "none";

    /// <summary>The line's words and values, or null where it has others, or one twice.</summary>
    public static IReadOnlyDictionary<string, string>? TryParse(string text)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (string word in text.Split([' '], StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = word.IndexOf('=');
            string name = equals < 0 ? word : word.Substring(0, equals);
            string value = equals < 0 ? "" : word.Substring(equals + 1);
            bool isValue = name switch
            {
                "attempts" => int.TryParse(value, out _),
                "backoff" => DurationParser.TryParseRange(value, out _, out _),
                "limit" or "expires" or "keep" => value == None || DurationParser.TryParse(value, out _),
                _ => false,
            };
            if (!isValue || values.ContainsKey(name))
            {
                return null;
            }

            values.Add(name, value);
        }

        return values;
    }

    /// <summary>The line of a task as it is declared, without its first word.</summary>
    public static string Of(TaskOptionsModel options)
    {
        string backoff = options.BackoffLeast.Ticks == options.BackoffMost.Ticks ? options.BackoffLeast.Text : $"{options.BackoffLeast.Text}..{options.BackoffMost.Text}";
        return $"attempts={Literals.Number(options.MaxAttempts)} backoff={backoff} limit={Text(options.TimeLimit)} expires={Text(options.Expires)} keep={(options.KeepOutcome.Ticks == 0 ? None : options.KeepOutcome.Text)}";
    }

    /// <summary>What differs, in words: <c>attempts 3 is 30</c>. Durations are compared by their length.</summary>
    public static IEnumerable<string> Differences(string then, string now)
    {
        if (TryParse(then) is not { } old || TryParse(now) is not { } present)
        {
            yield break;
        }

        foreach (KeyValuePair<string, string> value in old)
        {
            if (present.TryGetValue(value.Key, out string? changed) && Canonical(value.Value) != Canonical(changed))
            {
                yield return $"{value.Key} was {value.Value} and is {changed}";
            }
        }
    }

    private static string Text(Duration? duration) => duration?.Text ?? None;

    private static string Canonical(string value) =>
        DurationParser.TryParseRange(value, out Duration least, out Duration most) ? $"{least.Ticks}..{most.Ticks}" : value;
}
