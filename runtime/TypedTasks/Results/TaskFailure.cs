namespace TypedTasks;

/// <summary>A failure as data: what a handler threw, or why the worker gave a task up. Safe to store and to read anywhere.</summary>
/// <param name="Type">The full name of the exception's type, as text.</param>
/// <param name="Message">The exception's message, cut to <see cref="MaxMessageLength"/> characters.</param>
/// <param name="StackTrace">The stack trace with those of the inner exceptions before it, cut to <see cref="MaxStackTraceLength"/> characters; null where there is none.</param>
public sealed record TaskFailure(string Type, string Message, string? StackTrace)
{
    /// <summary>The longest message that is kept, in characters: an exception's text may hold anything, so it is capped before it is stored.</summary>
    public const int MaxMessageLength = 2_000;

    /// <summary>The longest stack trace that is kept, in characters.</summary>
    public const int MaxStackTraceLength = 8_000;

    // Writing a stack trace out takes far longer than all else that a retry needs, and most retries keep none: it is written when it is first asked for.
    private Exception? _thrown;

    /// <summary>
    /// The stack trace, cut to <see cref="MaxStackTraceLength"/> characters; null where there is none. Inner exceptions come before it, as <see cref="Exception.ToString"/> writes them:
    /// type, message and stack.
    /// </summary>
    public string? StackTrace
    {
        get
        {
            if (Volatile.Read(ref _thrown) is { } thrown)
            {
                field = FailureTrace.Of(thrown) is { } trace ? Cut(trace, MaxStackTraceLength) : null;
                Volatile.Write(ref _thrown, null);
            }

            return field;
        }

        init
        {
            field = value;
            _thrown = null;
        }
    } = StackTrace;

    /// <summary>The failure that an exception is. Its stack trace is written out when <see cref="StackTrace"/> is first read.</summary>
    public static TaskFailure From(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Of(exception, exception);
    }

    /// <summary>What a handler threw. Of a <see cref="RetryException"/> or <see cref="DeadLetterException"/> that has a cause it is the cause, and the handler's own words are in its stack trace.</summary>
    internal static TaskFailure FromHandler(Exception thrown) => Of(FailureTrace.IsWrapper(thrown) ? thrown.InnerException! : thrown, thrown);

    private static TaskFailure Of(Exception exception, Exception thrown) =>
        new(
            Cut(exception.GetType().FullName ?? exception.GetType().Name, MaxMessageLength),
            Ask(exception, static exception => exception.Message, MaxMessageLength) ?? string.Empty,
            null)
        {
            _thrown = thrown,
        };

    /// <inheritdoc/>
    public bool Equals(TaskFailure? other) =>
        other is not null && Type == other.Type && Message == other.Message && StackTrace == other.StackTrace;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Message, StackTrace);

    /// <summary>An exception's properties are its author's code: what they throw must not stop the worker that reports it.</summary>
    internal static string? Ask(Exception exception, Func<Exception, string?> property, int most)
    {
        try
        {
            return property(exception) is { } text ? Cut(text, most) : null;
        }
        catch (Exception failure)
        {
            return $"(cannot be read: {failure.GetType().Name})";
        }
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");
}
