namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Names with <c>*</c> for any text.</summary>
internal static class Glob
{
    /// <summary>The same for a member's name, whose words begin with capitals: <c>Send*</c> is <c>SendAsync</c> and not <c>SendersAsync</c>.</summary>
    public static bool IsWordMatch(string pattern, string name)
    {
        int star = pattern.IndexOf('*');
        return IsMatch(pattern, name) && (star <= 0 || star >= name.Length || !char.IsLower(name[star]));
    }

    public static bool IsMatch(string pattern, string text)
    {
        int star = pattern.IndexOf('*');
        if (star > 0 && string.CompareOrdinal(pattern, 0, text, 0, star) != 0)
        {
            return false;
        }

        string[] parts = pattern.Split('*');
        if (parts.Length == 1)
        {
            return pattern == text;
        }

        if (!text.StartsWith(parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        int at = parts[0].Length;
        for (int i = 1; i < parts.Length - 1; i++)
        {
            at = text.IndexOf(parts[i], at, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            at += parts[i].Length;
        }

        string last = parts[parts.Length - 1];
        return text.Length - at >= last.Length && text.EndsWith(last, StringComparison.Ordinal);
    }
}
