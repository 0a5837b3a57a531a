using System.Collections.ObjectModel;
using System.Text;

namespace TypedTasks;

/// <summary>
/// Writes out where an exception was thrown and what caused it, as <see cref="Exception.ToString"/> does after its first line: "see the inner exception" is of no use
/// to who has no other. The exceptions are not trusted: their properties are their authors' code.
/// </summary>
internal static class FailureTrace
{
    private const int MostCauses = 8;

    /// <summary>The stack trace, after those of the causes; null where there is nothing to say.</summary>
    internal static string? Of(Exception thrown)
    {
        if (thrown.InnerException is null)
        {
            return StackOf(thrown);
        }

        StringBuilder text = new();
        if (IsWrapper(thrown))
        {
            // The failure bears its cause's type and message; what the handler said of it stands here.
            text.Append(HeadOf(thrown)).Append(Environment.NewLine);
        }

        int left = MostCauses;
        Append(text, thrown, ref left);
        return text.ToString();
    }

    /// <summary>Whether an exception only says what is to be done about its cause.</summary>
    internal static bool IsWrapper(Exception thrown) => thrown is RetryException or DeadLetterException && thrown.InnerException is not null;

    private static void Append(StringBuilder text, Exception thrown, ref int left)
    {
        foreach (Exception cause in CausesOf(thrown))
        {
            if (left-- <= 0)
            {
                text.Append(" ---> …").Append(Environment.NewLine);
                break;
            }

            text.Append(" ---> ").Append(HeadOf(cause)).Append(Environment.NewLine);
            int before = text.Length;
            Append(text, cause, ref left);
            if (text.Length > before && text[^1] != '\n')
            {
                text.Append(Environment.NewLine);
            }

            text.Append("   --- End of inner exception stack trace ---").Append(Environment.NewLine);
        }

        text.Append(StackOf(thrown));
    }

    private static ReadOnlyCollection<Exception> CausesOf(Exception thrown) => thrown switch
    {
        AggregateException several => several.InnerExceptions,
        { InnerException: { } cause } => new([cause]),
        _ => ReadOnlyCollection<Exception>.Empty,
    };

    private static string HeadOf(Exception thrown) =>
        $"{thrown.GetType().FullName}: {TaskFailure.Ask(thrown, static exception => exception.Message, TaskFailure.MaxMessageLength)}";

    private static string? StackOf(Exception thrown) => TaskFailure.Ask(thrown, static exception => exception.StackTrace, TaskFailure.MaxStackTraceLength);
}
