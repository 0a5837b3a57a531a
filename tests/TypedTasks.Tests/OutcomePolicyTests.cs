using TypedTasks.Engine;
using TypedTasks.MessagePack;
using TypedTasks.Worker;

namespace TypedTasks.Tests;

public sealed class OutcomePolicyTests
{
    private static readonly Exception Ordinary = new InvalidOperationException("ordinary");
    private static readonly Exception Fatal = new ArgumentException("fatal");
    private static readonly Exception Stopped = new OperationCanceledException();

    private static readonly TaskDescriptor Task3 = Describe(maxAttempts: 3);
    private static readonly TaskDescriptor Fragile = Describe(maxAttempts: 3, atMostOnce: true);

    public static TheoryData<string> Cases => [.. Table.Keys];

    private static Dictionary<string, (TaskDescriptor Task, int Attempt, AttemptEnd End, string Expected)> Table => new()
    {
        ["success"] = (Task3, 1, default, "Completed"),
        ["success in the last attempt"] = (Task3, 3, default, "Completed"),
        ["success although told to stop by the time limit"] = (Task3, 1, new(null, StopReason.TimeLimit), "Completed"),
        ["success although told to stop by shutdown"] = (Task3, 1, new(null, StopReason.Shutdown), "Completed"),
        ["success although cancelled"] = (Task3, 1, new(null, StopReason.Cancelled), "Completed"),
        ["success under a lost lease"] = (Task3, 1, new(null, StopReason.LeaseLost), "Lost"),
        ["failure under a lost lease"] = (Task3, 3, new(Ordinary, StopReason.LeaseLost), "Lost"),
        ["first failure"] = (Task3, 1, new(Ordinary, StopReason.None), "Retry"),
        ["last failure"] = (Task3, 3, new(Ordinary, StopReason.None), "DeadLettered AttemptsExhausted"),
        ["more failures than attempts"] = (Task3, 4, new(Ordinary, StopReason.None), "DeadLettered AttemptsExhausted"),
        ["not transient"] = (Task3, 1, new(Fatal, StopReason.None), "DeadLettered NotTransient"),
        ["cancelled by its own token is an ordinary failure"] = (Task3, 1, new(Stopped, StopReason.None), "Retry"),
        ["retry after"] = (Task3, 1, new(TaskContext.RetryAfter(TimeSpan.FromHours(1), "busy"), StopReason.None), "Retry 01:00:00"),
        ["retry after, in the last attempt"] = (Task3, 3, new(TaskContext.RetryAfter(TimeSpan.FromHours(1), "busy"), StopReason.None), "DeadLettered AttemptsExhausted"),
        ["retry after of something fatal"] = (Task3, 1, new(TaskContext.RetryAfter(TimeSpan.FromHours(1), "busy", Fatal), StopReason.None), "Retry 01:00:00"),
        ["snooze"] = (Task3, 1, new(TaskContext.Snooze(TimeSpan.FromHours(2)), StopReason.None), "Snoozed 02:00:00"),
        ["snooze in the last attempt"] = (Task3, 3, new(TaskContext.Snooze(TimeSpan.FromHours(2)), StopReason.None), "Snoozed 02:00:00"),
        ["dead letter by wish"] = (Task3, 1, new(new DeadLetterException("hopeless"), StopReason.None), "DeadLettered NotTransient"),
        ["undecodable"] = (Task3, 1, new(new MessagePackException("no"), StopReason.None) { IsUndecodable = true }, "DeadLettered Undecodable"),
        ["result that cannot be written"] = (Task3, 1, new(new MessagePackException("nil"), StopReason.None) { IsResultUnwritable = true }, "DeadLettered ResultRefused"),
        ["result too large"] = (Task3, 1, new(new PayloadTooLargeException(2, 1), StopReason.None), "DeadLettered ResultRefused"),
        ["cancelled"] = (Task3, 1, new(Stopped, StopReason.Cancelled), "Cancelled"),
        ["cancelled, with another failure"] = (Task3, 3, new(Ordinary, StopReason.Cancelled), "Cancelled"),
        ["cancelled and given up"] = (Task3, 1, new(null, StopReason.Cancelled) { IsAbandoned = true }, "Cancelled"),
        ["stopped by shutdown"] = (Task3, 3, new(Stopped, StopReason.Shutdown), "Released"),
        ["given up at shutdown"] = (Task3, 3, new(null, StopReason.Shutdown) { IsAbandoned = true }, "Released"),
        ["failed during shutdown"] = (Task3, 1, new(Ordinary, StopReason.Shutdown), "Retry"),
        ["stopped by the time limit"] = (Task3, 1, new(Stopped, StopReason.TimeLimit), "Retry"),
        ["stopped by the time limit, last attempt"] = (Task3, 3, new(Stopped, StopReason.TimeLimit), "DeadLettered AttemptsExhausted"),
        ["given up at the time limit"] = (Task3, 1, new(null, StopReason.TimeLimit) { IsAbandoned = true }, "Retry"),
        ["fatal failure at the time limit"] = (Task3, 1, new(Fatal, StopReason.TimeLimit), "DeadLettered NotTransient"),
        ["stopped by the deadline"] = (Task3, 1, new(Stopped, StopReason.Deadline), "DeadLettered Expired"),
        ["given up at the deadline"] = (Task3, 1, new(null, StopReason.Deadline) { IsAbandoned = true }, "DeadLettered Expired"),
        ["at most once: success"] = (Fragile, 1, default, "Completed"),
        ["at most once: failure"] = (Fragile, 1, new(Ordinary, StopReason.None), "Failed"),
        ["at most once: fatal"] = (Fragile, 1, new(Fatal, StopReason.None), "Failed"),
        ["at most once: retry after"] = (Fragile, 1, new(TaskContext.RetryAfter(TimeSpan.Zero, "busy"), StopReason.None), "Failed"),
        ["at most once: snooze"] = (Fragile, 1, new(TaskContext.Snooze(TimeSpan.FromHours(2)), StopReason.None), "Failed"),
        ["at most once: shutdown"] = (Fragile, 1, new(Stopped, StopReason.Shutdown), "Failed"),
        ["at most once: time limit"] = (Fragile, 1, new(null, StopReason.TimeLimit) { IsAbandoned = true }, "Failed"),
        ["at most once: deadline"] = (Fragile, 1, new(Stopped, StopReason.Deadline), "Failed"),
        ["at most once: cancelled"] = (Fragile, 1, new(Stopped, StopReason.Cancelled), "Cancelled"),
        ["at most once: undecodable"] = (Fragile, 1, new(new MessagePackException("no"), StopReason.None) { IsUndecodable = true }, "Failed"),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_end_has_its_outcome(string end)
    {
        (TaskDescriptor task, int attempt, AttemptEnd how, string expected) = Table[end];

        Outcome outcome = OutcomePolicy.Decide(task, attempt, how, random: 0.5);

        string reason = outcome.Kind == OutcomeKind.DeadLettered ? $" {outcome.Reason}" : string.Empty;
        string delay = expected.Contains(':', StringComparison.Ordinal) ? $" {outcome.Delay}" : string.Empty;
        Assert.Equal(expected, $"{outcome.Kind}{reason}{delay}");
    }

    [Fact]
    public void A_task_is_never_tried_more_often_than_its_contract_says() => Property.Holds<(byte MaxAttempts, byte Attempt, byte Stop, bool IsAbandoned, double Random)>(given =>
    {
        int maxAttempts = 1 + (given.MaxAttempts % 20);
        var end = new AttemptEnd(given.IsAbandoned ? null : Ordinary, (StopReason)(given.Stop % 6)) { IsAbandoned = given.IsAbandoned };
        Outcome outcome = OutcomePolicy.Decide(Describe(maxAttempts), 1 + given.Attempt, end, Fraction(given.Random));
        return outcome.Kind != OutcomeKind.Retry || 1 + given.Attempt < maxAttempts;
    });

    [Fact]
    public void An_at_most_once_task_is_never_tried_again() => Property.Holds<(byte Attempt, byte Stop, byte Failure)>(given =>
    {
        Exception[] failures = [Ordinary, Fatal, Stopped, TaskContext.Snooze(TimeSpan.FromSeconds(1)), TaskContext.RetryAfter(TimeSpan.Zero, "busy"), new DeadLetterException("no")];
        var end = new AttemptEnd(failures[given.Failure % failures.Length], (StopReason)(given.Stop % 6));
        Outcome outcome = OutcomePolicy.Decide(Fragile, 1 + given.Attempt, end, 0);
        return outcome.Kind is OutcomeKind.Failed or OutcomeKind.Cancelled or OutcomeKind.Lost;
    });

    [Fact]
    public void A_crash_too_many_says_how_many()
    {
        Outcome crashed = OutcomePolicy.DecideCrashed(Task3, attempt: 4);

        Assert.Equal(DeadLetterReason.WorkerCrashed, crashed.Reason);
        Assert.Contains("each of 3 attempts", crashed.Failure?.Message, StringComparison.Ordinal);

        Outcome once = OutcomePolicy.DecideCrashed(Fragile, attempt: 2);
        Assert.Equal(OutcomeKind.Failed, once.Kind);
        Assert.Contains("in the one attempt:", once.Failure?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_back_off_stays_in_its_range() => Property.Holds<(uint Least, uint More, ushort Attempt, double Random)>(given =>
    {
        var range = new BackoffRange(TimeSpan.FromMilliseconds(given.Least), TimeSpan.FromMilliseconds((long)given.Least + given.More));
        TimeSpan delay = range.DelayAfter(1 + given.Attempt, Fraction(given.Random));
        return delay >= range.Least && delay <= range.Most;
    });

    [Fact]
    public void A_back_off_doubles()
    {
        var range = new BackoffRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

        Assert.Equal([2d, 4, 8, 16, 32, 60, 60], Enumerable.Range(1, 7).Select(attempt => Math.Round(range.DelayAfter(attempt, 0.999999999).TotalSeconds, 3)));
        Assert.All(Enumerable.Range(1, 100), attempt => Assert.Equal(TimeSpan.FromSeconds(1), range.DelayAfter(attempt, 0)));
    }

    [Fact]
    public void A_back_off_of_one_duration_is_fixed() =>
        Assert.Equal(TimeSpan.FromSeconds(5), new BackoffRange(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)).DelayAfter(7, 0.7));

    private static double Fraction(double any) => double.IsFinite(any) ? Math.Abs(any - Math.Truncate(any)) : 0.5;

    private static TaskDescriptor Describe(int maxAttempts, bool atMostOnce = false) => new("shop", "do", QueueDescriptor.Default)
    {
        MaxAttempts = maxAttempts,
        AtMostOnce = atMostOnce,
        IsTransient = failure => failure is not ArgumentException,
    };
}
