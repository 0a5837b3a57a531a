using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace TypedTasks.Shared;

/// <summary>
/// Reads the settings of a section, without reflection. Every mistake is kept, with the full name of its key and without its value where that may be a secret;
/// a key that nobody asked for is a mistake too. An absent key leaves the default.
/// </summary>
internal sealed class SettingsReader(IConfigurationSection section)
{
    private readonly Dictionary<string, IConfigurationSection> _left = section.GetChildren().ToDictionary(child => child.Key, StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _known = [];

    /// <summary>What is wrong so far.</summary>
    public List<string> Mistakes { get; private init; } = [];

    public void Text(string key, Action<string> set) => Read(key, set, static text => text.Length > 0 ? text : null, "a text");

    public void Flag(string key, Action<bool> set) => ReadValue<bool>(key, set, static text => bool.TryParse(text, out bool flag) ? flag : null, "true or false");

    public void Number(string key, Action<int> set) =>
        ReadValue<int>(key, set, static text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null, "a whole number");

    public void LongNumber(string key, Action<long> set) =>
        ReadValue<long>(key, set, static text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null, "a whole number");

    public void Duration(string key, Action<TimeSpan> set) =>
        ReadValue<TimeSpan>(key, set, static text => DurationParser.TryParse(text, out Model.Duration duration) ? new TimeSpan(duration.Ticks) : null, "a duration, such as 500ms, 2s, 5m or 00:00:10");

    public void OneOf<T>(string key, Action<T> set)
        where T : struct, Enum =>
        ReadValue<T>(key, set, static text => Enum.TryParse(text, ignoreCase: true, out T value) && Enum.IsDefined(value) ? value : null, string.Join(" or ", Enum.GetNames<T>()));

    /// <summary>Several texts: an array, or one value with commas.</summary>
    public void Texts(string key, Action<IReadOnlyList<string>> set)
    {
        if (!TryTake(key, out IConfigurationSection? found))
        {
            return;
        }

        IConfigurationSection[] items = [.. found.GetChildren()];
        IEnumerable<string?> values = items.Length > 0
            ? items.Select(item => item.Value?.Trim())
            : found.Value?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        string[] texts = [.. values.Select(value => value ?? "")];
        if (texts.Length == 0 || texts.Contains(""))
        {
            Mistakes.Add($"{found.Path} is to be a text or an array of texts");
            return;
        }

        set(texts);
    }

    /// <summary>The settings of a part, such as credentials; null when there is none.</summary>
    public SettingsReader? Part(string key) => TryTake(key, out IConfigurationSection? found) ? new SettingsReader(found) { Mistakes = Mistakes } : null;

    /// <summary>Whatever was not asked for by now is unknown.</summary>
    public void End()
    {
        foreach (IConfigurationSection unknown in _left.Values)
        {
            Mistakes.Add($"{unknown.Path} is not a setting; there are {string.Join(", ", _known)}");
        }
    }

    private void ReadValue<T>(string key, Action<T> set, Func<string, T?> parse, string expected)
        where T : struct
    {
        if (TryTake(key, out IConfigurationSection? found))
        {
            if (found.Value is { } text && parse(text.Trim()) is { } value)
            {
                set(value);
            }
            else
            {
                Mistakes.Add($"{found.Path} is {(found.Value is null ? "a section" : $"'{found.Value}'")}; it is to be {expected}");
            }
        }
    }

    // The value may be a password, so it is not shown.
    private void Read<T>(string key, Action<T> set, Func<string, T?> parse, string expected)
        where T : class
    {
        if (TryTake(key, out IConfigurationSection? found))
        {
            if (found.Value is { } text && parse(text) is { } value)
            {
                set(value);
            }
            else
            {
                Mistakes.Add($"{found.Path} is {(found.Value is null ? "a section" : "empty")}; it is to be {expected}");
            }
        }
    }

    // A key without value and children (null in a file) is one that is not set.
    private bool TryTake(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IConfigurationSection? found)
    {
        _known.Add(key);
        return _left.Remove(key, out found) && found.Exists();
    }
}
