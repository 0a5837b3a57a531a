using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Analyzers.Evolution;

/// <summary>What a task says of being delivered twice: the line <c>idempotent</c>, <c>idempotent 24h {orderId}</c> or <c>at-most-once</c>, or none.</summary>
/// <param name="Word">The line's first word; empty where nothing is said.</param>
/// <param name="Window">How long a key is remembered; empty without a key.</param>
/// <param name="Key">The key's template; empty for none.</param>
internal sealed record Redelivery(string Word, string Window, string Key)
{
    private static readonly Redelivery Nothing = new("", "", "");

    /// <summary>The line, without indentation.</summary>
    public string Line => Key.Length == 0 ? Word : $"{Word} {Window} {BaselineText.Quote(Key)}";

    public static Redelivery Of(TaskOptionsModel options) =>
        options.KeyTemplate is { } key ? new Redelivery(BaselineText.Idempotent, options.IdempotencyWindow.Text, key.IndexOf('{') < 0 ? $"{{{key}}}" : key)
        : options.IsIdempotent ? Nothing with { Word = BaselineText.Idempotent }
        : options.AtMostOnce ? Nothing with { Word = BaselineText.AtMostOnce }
        : Nothing;

    /// <summary>What a baseline says of it, or null where it says nothing.</summary>
    public static Redelivery? Of(BaselineBlock task)
    {
        if (task.Facts.TryGetValue(BaselineText.Idempotent, out BaselineEntry? idempotent))
        {
            int space = idempotent.Name.IndexOf(' ');
            return space < 0
                ? Nothing with { Word = BaselineText.Idempotent }
                : new Redelivery(BaselineText.Idempotent, idempotent.Name.Substring(0, space), idempotent.Name.Substring(space + 1));
        }

        return task.Facts.ContainsKey(BaselineText.AtMostOnce) ? Nothing with { Word = BaselineText.AtMostOnce } : null;
    }

    /// <summary>Why it promises less than before, or null.</summary>
    /// <param name="then">What was promised.</param>
    /// <param name="now">What is promised.</param>
    /// <param name="isSameKey">Whether the two keys are made of the same arguments.</param>
    public static string? Weakened(Redelivery then, Redelivery now, bool isSameKey)
    {
        if (then.Key.Length > 0)
        {
            return now.Key.Length == 0 ? $"had the key \"{then.Key}\" and has none"
                : !isSameKey ? $"had the key \"{then.Key}\" and has \"{now.Key}\": a duplicate that is under way gets another key, and runs again"
                : Ticks(now.Window) < Ticks(then.Window) ? $"remembered its key for {then.Window}, and does for {now.Window}"
                : null;
        }

        return now.Word.Length > 0 ? null
            : then.Word == BaselineText.AtMostOnce ? "ran at most once, and may run again now"
            : "was idempotent, and is not any more";
    }

    /// <summary>Whether the two say the same.</summary>
    public static bool IsSame(Redelivery then, Redelivery now, bool isSameKey) => then.Word == now.Word && isSameKey && Ticks(then.Window) == Ticks(now.Window);

    /// <summary>The key with arguments by number, so that the name of a parameter is no part of it.</summary>
    public static string ByPlace(string key, IEnumerable<(string Name, string Place)> arguments)
    {
        foreach ((string name, string place) in arguments)
        {
            key = key.Replace($"{{{name}}}", $"{{#{place}}}").Replace($"{{{name}.", $"{{#{place}.");
        }

        return key;
    }

    private static long Ticks(string duration) => DurationParser.TryParse(duration, out Duration read) ? read.Ticks : 0;
}
