using Microsoft.Extensions.Logging;
using TypedTasks.Engine;
using TypedTasks.MessagePack;
using TypedTasks.Worker;

namespace TypedTasks.Tests;

public sealed class OutcomeLogTests
{
    private static readonly TaskDescriptor Task = new("shop", "ship", QueueDescriptor.Default);
    private static readonly Outcome Dead = new(OutcomeKind.DeadLettered) { Reason = DeadLetterReason.AttemptsExhausted, Failure = new TaskFailure("System.FormatException", "no", null) };
    private static readonly Outcome Retry = Dead with { Kind = OutcomeKind.Retry };
    private static readonly Exception Thrown = new FormatException("no");

    [Fact]
    public void What_failed_for_good_is_logged_with_the_exception()
    {
        Assert.Equal([Thrown], Logged(Dead));
        Assert.Equal([Thrown], Logged(Dead with { Kind = OutcomeKind.Failed }));
    }

    [Fact]
    public void What_is_tried_again_is_logged_with_it_only_for_debugging()
    {
        Assert.Equal([null], Logged(Retry));
        Assert.Equal([Thrown], Logged(Retry, LogLevel.Debug));
    }

    [Fact]
    public void What_came_well_is_not_logged() => Assert.Empty(Logged(Dead with { Kind = OutcomeKind.Completed }));

    [Fact]
    public void An_exception_that_cannot_be_written_out_does_no_harm()
    {
        var logger = new Recording(LogLevel.Information) { IsHostile = true };

        OutcomeLog.Write(logger, Task, TaskId.Empty, 1, Dead with { Thrown = Thrown });

        Assert.Equal([null], logger.Exceptions);
    }

    [Fact]
    public void What_a_handler_asks_for_in_so_many_words_needs_no_stack_trace()
    {
        Assert.Same(Thrown, OutcomeLog.Shown(new AttemptEnd(Thrown, StopReason.None)));
        Assert.Null(OutcomeLog.Shown(new AttemptEnd(new DeadLetterException("hopeless"), StopReason.None)));
        Assert.Null(OutcomeLog.Shown(new AttemptEnd(TaskContext.RetryAfter(TimeSpan.Zero, "busy"), StopReason.None)));
        Assert.NotNull(OutcomeLog.Shown(new AttemptEnd(new DeadLetterException("hopeless", Thrown), StopReason.None)));
        Assert.Null(OutcomeLog.Shown(new AttemptEnd(new MessagePackException("no"), StopReason.None) { IsUndecodable = true }));
        Assert.Null(OutcomeLog.Shown(new AttemptEnd(new PayloadTooLargeException(2, 1), StopReason.None)));
    }

    private static List<Exception?> Logged(Outcome outcome, LogLevel least = LogLevel.Information)
    {
        var logger = new Recording(least);
        OutcomeLog.Write(logger, Task, TaskId.Empty, 1, outcome with { Thrown = Thrown });
        return logger.Exceptions;
    }

    private sealed class Recording(LogLevel least) : ILogger
    {
        public List<Exception?> Exceptions { get; } = [];

        public bool IsHostile { get; init; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsHostile && exception is not null)
            {
                throw new NotSupportedException();
            }

            Exceptions.Add(exception);
        }
    }
}
