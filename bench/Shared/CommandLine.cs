using System.Globalization;

namespace TypedTasks.Bench;

/// <summary>Reads a command line of names and values into a record of options.</summary>
/// <typeparam name="T">The options.</typeparam>
internal sealed class CommandLine<T>
    where T : class
{
    private readonly Dictionary<string, Func<T, T>> _flags = [];
    private readonly Dictionary<string, Func<T, string, T>> _values = [];

    /// <summary>An option without a value.</summary>
    public CommandLine<T> Flag(string name, Func<T, T> set)
    {
        _flags.Add(name, set);
        return this;
    }

    /// <summary>An option with any text; <paramref name="set"/> may throw <see cref="BenchException"/>.</summary>
    public CommandLine<T> Text(string name, Func<T, string, T> set)
    {
        _values.Add(name, set);
        return this;
    }

    /// <summary>An option with a whole number.</summary>
    public CommandLine<T> Number(string name, int least, Func<T, int, T> set) =>
        Text(name, (options, value) => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number >= least
            ? set(options, number)
            : throw new BenchException($"{name} is '{value}'. It must be a number of at least {least}."));

    /// <summary>An option with one of the names of <typeparamref name="TChoice"/>, in any case.</summary>
    public CommandLine<T> Choice<TChoice>(string name, Func<T, TChoice, T> set)
        where TChoice : struct, Enum =>
        Text(name, (options, value) => Enum.TryParse(value, ignoreCase: true, out TChoice choice) && Enum.IsDefined(choice)
            ? set(options, choice)
            : throw new BenchException($"{name} is '{value}'. It must be one of {string.Join(", ", Enum.GetNames<TChoice>()).ToLowerInvariant()}."));

    /// <summary>Reads the arguments over the options that hold without any; null where --help is asked for.</summary>
    /// <exception cref="BenchException">They make no sense.</exception>
    public T? Read(IReadOnlyList<string> arguments, T options)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            if (name is "--help" or "-h")
            {
                return null;
            }

            if (_flags.TryGetValue(name, out Func<T, T>? flag))
            {
                options = flag(options);
            }
            else if (!_values.TryGetValue(name, out Func<T, string, T>? set))
            {
                throw new BenchException($"There is no option {name}. See --help.");
            }
            else if (++i == arguments.Count)
            {
                throw new BenchException($"{name} needs a value. See --help.");
            }
            else
            {
                options = set(options, arguments[i]);
            }
        }

        return options;
    }
}

/// <summary>Why a program of the bench cannot do, or go on with, what it was asked to: its arguments, a server that is missing or answers nothing. The message is all there is to say.</summary>
internal sealed class BenchException(string message) : Exception(message);
