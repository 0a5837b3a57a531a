using TypedTasks.Analyzers.Reliability;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.CodeFixes.Reliability;

namespace TypedTasks.Analyzers.Tests.Reliability;

/// <summary>TT402, TT436, TT508 and TT509: what a task's attributes say to each other.</summary>
public sealed class TaskOptionsAnalyzerTests
{
    [Theory]
    [InlineData("[Task, {|TT402:Idempotent|}, AtMostOnce]")]
    [InlineData("[Task, {|TT402:Idempotent(Key = nameof(a))|}, AtMostOnce]")]
    [InlineData("[Task(MaxAttempts = {|TT402:3|}), AtMostOnce]")]
    [InlineData("[Task(MaxAttempts = 1), AtMostOnce]")]
    [InlineData("[Task, AtMostOnce]")]
    [InlineData("[Task(MaxAttempts = 3), Idempotent]")]
    [InlineData("[Task(MaxAttempts = 9, Backoff = \"1h\"), Idempotent(Key = nameof(a), Window = {|TT436:\"2m\"|})]")]
    [InlineData("[Task(MaxAttempts = 60, Backoff = \"1h\"), {|TT436:Idempotent(Key = nameof(a))|}]")]
    [InlineData("[Task(MaxAttempts = 3, TimeLimit = \"30m\"), Idempotent(Key = nameof(a), Window = {|TT436:\"1h\"|})]")]
    [InlineData("[Task(MaxAttempts = 3, TimeLimit = \"10m\", Backoff = \"1s\"), Idempotent(Key = nameof(a), Window = \"1h\")]")]
    [InlineData("[Task(MaxAttempts = 1, TimeLimit = \"none\"), Idempotent(Key = nameof(a), Window = \"1m\")]")]
    [InlineData("[Task(MaxAttempts = 60, Backoff = \"1h\"), Idempotent]")]
    [InlineData("[Task, Idempotent(Key = nameof(a))]")]
    [InlineData("[Task(Backoff = {|TT509:\"0s\"|})]")]
    [InlineData("[Task(Backoff = {|TT509:\"0s..5m\"|})]")]
    [InlineData("[Task(Backoff = \"0s\", MaxAttempts = 1)]")]
    [InlineData("[Task(MaxAttempts = {|TT509:int.MaxValue|})]")]
    [InlineData("[Task(MaxAttempts = {|TT509:1_000|})]")]
    [InlineData("[Task(MaxAttempts = 5_000, Expires = \"2d\")]")]
    [InlineData("[Task(MaxAttempts = 100)]")]
    [InlineData("[Task(RetryOn = [{|TT508:typeof(ArgumentNullException)|}, typeof(TimeoutException)])]")]
    [InlineData("[Task(RetryOn = new[] { typeof(System.IO.IOException), {|TT508:typeof(System.FormatException)|} })]")]
    [InlineData("[Task(RetryOn = [typeof(TimeoutException), typeof(InvalidOperationException)], DoNotRetryOn = [typeof(ArgumentException)])]")]
    public Task Reports(string attributes) => Verify<TaskOptionsAnalyzer>.VerifyAnalyzerAsync($"[TaskContract] public interface IJobs {{ {attributes} Task RunAsync(int a); }}");

    [Theory]
    [InlineData("[Task, {|TT402:Idempotent|}, AtMostOnce] Task RunAsync(System.IO.Stream a);")]
    [InlineData("[Task(Backoff = \"soon\"), {|TT402:Idempotent(Key = \"{b}\")|}, AtMostOnce] Task RunAsync(int a);")]
    [InlineData("[Task, {|TT402:Idempotent|}, AtMostOnce] Task RunAsync(int a); [Task] void Other();")]
    [InlineData("[Task(MaxAttempts = {|TT402:3|}, TimeLimit = \"soon\"), AtMostOnce] Task RunAsync(int a);")]
    public Task A_contradiction_is_told_beside_other_errors(string tasks) =>
        Verify<TaskOptionsAnalyzer>.VerifyAnalyzerAsync($"[TaskContract] public interface IJobs {{ {tasks} }}");

    [Fact]
    public async Task The_horizon_is_the_sum_of_every_attempt_and_the_longest_delays()
    {
        // 3 x 10 s, and after the first attempt at most 2 x 1 s, after the second 4 x 1 s.
        string message = Assert.Single(await Verify<TaskOptionsAnalyzer>.MessagesAsync(
            "[TaskContract] public interface IJobs { [Task(MaxAttempts = 3, TimeLimit = \"10s\", Backoff = \"1s..1m\"), Idempotent(Key = nameof(a), Window = \"35s\")] Task RunAsync(int a); }"));
        Assert.Contains("is remembered for 35s, but the task's retries can take 36s;", message, StringComparison.Ordinal);
        Assert.Empty(await Verify<TaskOptionsAnalyzer>.MessagesAsync(
            "[TaskContract] public interface IJobs { [Task(MaxAttempts = 3, TimeLimit = \"10s\", Backoff = \"1s..1m\"), Idempotent(Key = nameof(a), Window = \"36s\")] Task RunAsync(int a); }"));
    }

    [Fact]
    public Task Values_are_raised() => Verify<TaskOptionsAnalyzer, TaskOptionsFix>.VerifyCodeFixAsync(
        """
        [TaskContract]
        public interface IJobs
        {
            [Task(MaxAttempts = 9, Backoff = "1h", TimeLimit = "1m")]
            [Idempotent(Key = nameof(a), Window = "2m")] // too short
            Task AAsync(int a);

            [Task(MaxAttempts = 60, Backoff = "1h", TimeLimit = "1m"), Idempotent(Key = nameof(a))]
            Task BAsync(int a);
        }
        """,
        """
        [TaskContract]
        public interface IJobs
        {
            [Task(MaxAttempts = 9, Backoff = "1h", TimeLimit = "1m")]
            [Idempotent(Key = nameof(a), Window = "9h")] // too short
            Task AAsync(int a);

            [Task(MaxAttempts = 60, Backoff = "1h", TimeLimit = "1m"), Idempotent(Key = nameof(a), Window = "3d")]
            Task BAsync(int a);
        }
        """);

    [Fact]
    public Task A_back_off_is_written() => Verify<TaskOptionsAnalyzer, TaskOptionsFix>.VerifyCodeFixAsync(
        "[TaskContract] public interface IJobs { [Task(Backoff = \"0s\", MaxAttempts = 3)] Task RunAsync(int a); }",
        "[TaskContract] public interface IJobs { [Task(Backoff = \"1s..5m\", MaxAttempts = 3)] Task RunAsync(int a); }");

    [Fact]
    public Task Permanent_errors_leave_the_list() => Verify<TaskOptionsAnalyzer, PermanentErrorFix>.VerifyCodeFixAsync(
        """
        [TaskContract]
        public interface IJobs
        {
            [Task(RetryOn = [typeof(FormatException), typeof(TimeoutException)])] Task AAsync(int a);
            [Task(MaxAttempts = 3, RetryOn = new[] { typeof(ArgumentException) })] Task BAsync(int a);
        }
        """,
        """
        [TaskContract]
        public interface IJobs
        {
            [Task(RetryOn = [typeof(TimeoutException)])] Task AAsync(int a);
            [Task(MaxAttempts = 3)] Task BAsync(int a);
        }
        """);

    private const string Contradictions = """
        [TaskContract]
        public interface IJobs
        {
            /// <summary>A.</summary>
            [Task]
            [Idempotent]
            [AtMostOnce] // for good
            Task AAsync(int a);

            [Task, AtMostOnce, Idempotent] Task BAsync(int a);
        }
        """;

    [Fact]
    public Task One_side_is_dropped() => Verify<TaskOptionsAnalyzer, ContradictionFix>.VerifyCodeFixAsync(
        Contradictions,
        """
        [TaskContract]
        public interface IJobs
        {
            /// <summary>A.</summary>
            [Task]
            [AtMostOnce] // for good
            Task AAsync(int a);

            [Task, AtMostOnce] Task BAsync(int a);
        }
        """);

    [Fact]
    public Task Or_the_other() => Verify<TaskOptionsAnalyzer, ContradictionFix>.VerifyCodeFixAsync(
        Contradictions.Replace(" // for good", "", StringComparison.Ordinal),
        """
        [TaskContract]
        public interface IJobs
        {
            /// <summary>A.</summary>
            [Task]
            [Idempotent]
            Task AAsync(int a);

            [Task, Idempotent] Task BAsync(int a);
        }
        """,
        action: 1);
}
