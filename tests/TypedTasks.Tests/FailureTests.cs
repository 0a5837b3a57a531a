namespace TypedTasks.Tests;

/// <summary>What is kept of an exception is what its reader has: there is no other copy of it.</summary>
public sealed class FailureTests
{
    [Fact]
    public void A_failure_tells_what_caused_it()
    {
        TaskFailure failure = TaskFailure.From(Thrown(() => Rethrow(static () => throw new FormatException("the cause"), "See the inner exception.")));

        Assert.Equal(("System.InvalidOperationException", "See the inner exception."), (failure.Type, failure.Message));
        Assert.StartsWith(" ---> System.FormatException: the cause", failure.StackTrace, StringComparison.Ordinal);
        Assert.Contains("End of inner exception", failure.StackTrace, StringComparison.Ordinal);
        Assert.Contains(nameof(Rethrow), failure.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_with_causes_is_what_the_exception_itself_says()
    {
        Exception thrown = Thrown(() => Rethrow(() => Rethrow(static () => throw new FormatException("deepest"), "middle"), "outer"));
        var failure = TaskFailure.From(thrown);

        Assert.Equal(thrown.ToString(), $"{failure.Type}: {failure.Message}{Environment.NewLine}{failure.StackTrace}");
    }

    [Fact]
    public void A_cause_that_was_never_thrown_leaves_no_gap() =>
        Assert.Equal(
            $" ---> System.FormatException: cause{Environment.NewLine}   --- End of inner exception stack trace ---{Environment.NewLine}",
            TaskFailure.From(new InvalidOperationException("outer", new FormatException("cause"))).StackTrace);

    [Fact]
    public void Of_many_causes_the_first_are_told()
    {
        var failure = TaskFailure.From(new AggregateException(Enumerable.Range(1, 1_000).Select(number => new FormatException($"cause {number}."))));

        Assert.Contains("cause 1.", failure.StackTrace, StringComparison.Ordinal);
        Assert.Contains("cause 8.", failure.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain("cause 9.", failure.StackTrace, StringComparison.Ordinal);
        Assert.Contains(" ---> …", failure.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_traces_are_cut()
    {
        Exception thrown = new FormatException("cause");
        for (int depth = 0; depth < 100; depth++)
        {
            thrown = new InvalidOperationException(new string('x', 3_000), thrown);
        }

        Assert.Equal(TaskFailure.MaxStackTraceLength, TaskFailure.From(thrown).StackTrace?.Length);
    }

    [Fact]
    public void A_cause_whose_members_throw_does_no_harm() =>
        Assert.Contains("(cannot be read: NotSupportedException)", TaskFailure.From(new InvalidOperationException("outer", new HostileException())).StackTrace, StringComparison.Ordinal);

    [Fact]
    public void What_a_handler_says_of_a_cause_is_kept_beside_it()
    {
        var failure = TaskFailure.FromHandler(new DeadLetterException("The carrier does not go there.", Thrown(static () => throw new FormatException("no such country"))));

        Assert.Equal(("System.FormatException", "no such country"), (failure.Type, failure.Message));
        Assert.StartsWith("TypedTasks.DeadLetterException: The carrier does not go there.", failure.StackTrace, StringComparison.Ordinal);
        Assert.Contains(nameof(What_a_handler_says_of_a_cause_is_kept_beside_it), failure.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_prints_a_failed_task_sees_where_its_worker_failed()
    {
        var failed = new TaskFailedException(default, "shop.ship", TaskState.DeadLettered, new TaskFailure("System.FormatException", "no", "   at Shop.Ship()"), "It failed.");

        Assert.StartsWith("TypedTasks.TaskFailedException: It failed.", failed.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("   at Shop.Ship()", failed.ToString(), StringComparison.Ordinal);
    }

    private static void Rethrow(Action action, string message)
    {
        try
        {
            action();
        }
        catch (Exception cause)
        {
            throw new InvalidOperationException(message, cause);
        }
    }

    private static Exception Thrown(Action action) => Record.Exception(action)!;

    private sealed class HostileException : Exception
    {
        public override string Message => throw new NotSupportedException();

        public override string? StackTrace => throw new NotSupportedException();
    }
}
