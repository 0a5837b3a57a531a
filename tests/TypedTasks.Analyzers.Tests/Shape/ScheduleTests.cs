using TypedTasks.Analyzers.Shape;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.CodeFixes.Shape;

namespace TypedTasks.Analyzers.Tests.Shape;

/// <summary>TT108 and TT105 of <c>[Schedule]</c>: at the argument that is wrong, or at the parameter that nobody gives.</summary>
public sealed class ScheduleTests
{
    [Theory]
    [InlineData("[Task, Schedule({|TT108:\"0 25 * * *\"|})] Task RunAsync();", "'0 25 * * *' is no cron expression: the hour '25' is not between 0 and 23")]
    [InlineData("[Task, Schedule({|TT108:\"\"|})] Task RunAsync();", "'' is no cron expression: the text is empty;")]
    [InlineData("[Task, Schedule({|TT108:\"0 0 30 2 *\"|})] Task RunAsync();", "there is no day of month '30' in February")]
    [InlineData("[Task, Schedule(cron: {|TT108:\"@noon\"|}, TimeZone = \"Europe/Lisbon\")] Task RunAsync();", "'@noon' is none of @yearly")]
    [InlineData("[Task, Schedule({|TT108:\"30s\"|})] Task RunAsync();", "'30s' is a duration, and no cron expression: write [Schedule(Every = \"30s\")]")]
    [InlineData("[Task({|TT202:\"0 25 * * *\"|})] [Schedule({|TT108:\"0 25 * * *\"|})] Task RunAsync();", "'0 25 * * *' is no cron expression")]
    [InlineData("[Task, Schedule(Every = {|TT108:\"30 secs\"|})] Task RunAsync();", "'30 secs' is no duration: write a number and ms, s, m, h or d")]
    [InlineData("[Task, Schedule(Every = {|TT108:\"none\"|})] Task RunAsync();", "'none' is no duration")]
    [InlineData("[Task(TimeLimit = \"none\"), Schedule(Every = {|TT108:\"none\"|})] Task RunAsync();", "'none' is no duration")]
    [InlineData("[Task, Schedule(Every = {|TT108:\"500ms\"|})] Task RunAsync();", "The interval '500ms' is none of a schedule: it is at least 1s and at most 366d")]
    [InlineData("[Task, Schedule(Every = {|TT108:\"367d\"|})] Task RunAsync();", "The interval '367d' is none")]
    [InlineData("[Task, Schedule(Every = {|TT108:\"1000500us\"|})] Task RunAsync();", "The interval '1000500us' is none")]
    [InlineData("[Task, Schedule(Every = {|TT108:\"0s\"|})] Task RunAsync();", "The interval '0s' is none")]
    [InlineData("[Task, Schedule(Every = {|TT108:\"0 5 * * *\"|})] Task RunAsync();", "'0 5 * * *' is a cron expression, and no duration: write [Schedule(\"0 5 * * *\")]")]
    [InlineData("[Task, {|TT108:Schedule|}] Task RunAsync();", "[Schedule] says not when 'RunAsync' is enqueued")]
    [InlineData("[Task, {|TT108:Schedule(SkipWhileRunning = true)|}] Task RunAsync();", "[Schedule] says not when 'RunAsync' is enqueued")]
    [InlineData("[Task, {|TT108:Schedule(null!)|}] Task RunAsync();", "[Schedule] says not when 'RunAsync' is enqueued")]
    [InlineData("[Task, Schedule(\"0 5 * * *\", Every = {|TT108:\"30s\"|})] Task RunAsync();", "'RunAsync' has both a cron expression and Every")]
    [InlineData("[Task, Schedule(\"0 5 * * *\", TimeZone = {|TT108:\" \"|})] Task RunAsync();", "The time zone is empty;")]
    [InlineData("[Task, Schedule(\"0 5 * * *\", TimeZone = {|TT108:null!|})] Task RunAsync();", "The time zone is empty;")]
    [InlineData("[Task, Schedule(Every = \"30s\", TimeZone = {|TT108:\"UTC\"|})] Task RunAsync();", "TimeZone has no effect beside Every")]
    [InlineData("[Task, Schedule(\"0 5 * * *\", Missed = {|TT108:(MissedRuns)7|})] Task RunAsync();", "Missed is 7; it is one of MissedRuns.Latest, Each and Skip")]
    [InlineData("[Task, Schedule(\"0 5 * * *\")] Task RunAsync(int? {|TT108:keep|}, bool dry = false, CancellationToken token = default);", "'keep' has no default, and a task with [Schedule] is enqueued without arguments")]
    public async Task A_schedule_that_cannot_be_followed(string task, string message)
    {
        string contract = $"[TaskContract] public interface IJobs {{ {task} }}";
        await Verify<ContractAnalyzer>.VerifyAnalyzerAsync(contract);
        Assert.Contains(await Verify<ContractAnalyzer>.MessagesAsync(contract), said => said.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[Task({|TT202:\"a b\"|}, TimeLimit = {|TT108:\"soon\"|}), Schedule({|TT108:\"soon\"|}, Every = {|TT108:\"2d\"|}, Missed = {|TT108:(MissedRuns)(-1)|})] Task RunAsync(int {|TT108:keep|});")]
    [InlineData("[Task, Schedule(\"0 5 * * *\")] Task RunAsync(int {|TT108:keep|}, string {|TT108:region|}, TaskContext context);")]
    [InlineData("[Task, Schedule({|TT108:Times.Night|}, TimeZone = {|TT108:Times.Nowhere|})] Task RunAsync(); class Times { public const string Night = \"at night\"; public const string Nowhere = \"\"; }")]
    [InlineData("[Schedule(\"0 5 * * *\")] Task {|TT105:RunAsync|}();")]
    [InlineData("[Task] Task RunAsync(); [Schedule(\"0 5 * * *\")] Task {|TT105:RunTwiceAsync|}() => RunAsync();")]
    public Task Everything_is_told(string tasks) => Verify<ContractAnalyzer>.VerifyAnalyzerAsync($"[TaskContract] public interface IJobs {{ {tasks} }}");

    [Theory]
    [InlineData("public interface IJobs { [Schedule(\"0 5 * * *\")] Task {|TT105:RunAsync|}(); }")]
    [InlineData("public interface IJobs { [Task, Schedule(\"0 5 * * *\")] Task {|TT105:RunAsync|}(); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task RunAsync(); } public class Jobs : IJobs { [Schedule(\"0 5 * * *\")] public Task {|TT105:RunAsync|}() => Task.CompletedTask; }")]
    [InlineData("[TaskContract] public interface IBase { [Task, Schedule({|TT108:\"5\"|})] Task RunAsync(); } [TaskContract] public interface IJobs : IBase { [Task] Task MoreAsync(int a); }")]
    [InlineData("public class ScheduleAttribute(string text) : Attribute { public string Text => text; } public class Jobs { [Schedule(\"at night\")] public Task RunAsync() => Task.CompletedTask; }")]
    public Task Where_it_belongs(string source) => Verify<ContractAnalyzer>.VerifyAnalyzerAsync(source);

    [Theory]
    [InlineData("[Task, Schedule(\"0 5 * * MON-FRI\", TimeZone = \"Europe/Lisbon\", Missed = MissedRuns.Each, SkipWhileRunning = true)] Task RunAsync();")]
    [InlineData("[Task, Schedule(\"*/10 * * * * *\")] Task<int> RunAsync(TaskContext context, CancellationToken token);")]
    [InlineData("[Task, Schedule(\"@daily\", Every = null)] Task RunAsync(int keep = 0, string? region = null, CancellationToken token = default);")]
    [InlineData("[Task, Schedule(Every = \"1s\")] Task RunAsync();")]
    [InlineData("[Task, Schedule(Every = \"366d\", Missed = MissedRuns.Skip)] Task RunAsync();")]
    [InlineData("[Task, Schedule(Every = \"00:00:01.500\", Missed = (MissedRuns)0)] Task RunAsync();")]
    [InlineData("[Task(KeepOutcome = \"none\"), AtMostOnce, Schedule(Every = \"30s\", SkipWhileRunning = true)] Task RunAsync();")]
    public Task A_schedule(string task) => Verify<ContractAnalyzer>.VerifyAnalyzerAsync($"[TaskContract] public interface IJobs {{ {task} }}");

    [Theory]
    [InlineData("[Task, Schedule(5)] Task RunAsync();")]
    [InlineData("[Task, Schedule(\"0 5 * * *\", \"Europe/Lisbon\")] Task RunAsync();")]
    [InlineData("[Task, Schedule(Every = Missing)] Task RunAsync();")]
    [InlineData("[Task, Schedule(Every = )] Task RunAsync();")]
    [InlineData("[Task, Schedule(Missed = MissedRuns.None, Every = \"5s\")] Task RunAsync();")]
    public Task What_the_compiler_refuses_is_its_own(string task) => Verify<ContractAnalyzer>.VerifyAnalyzerAsync(new TestCode
    {
        Sources = [$"[TaskContract] public interface IJobs {{ {task} }}"],
        AllowErrors = true,
    });

    [Fact]
    public Task Expression_and_duration_go_where_they_belong() => Verify<ContractAnalyzer, ScheduleFix>.VerifyCodeFixAsync(
        """
        [TaskContract]
        public interface IJobs
        {
            [Task, Schedule("30s")] Task AAsync();
            [Task, Schedule("00:10:00", SkipWhileRunning = true /* slow */)] Task BAsync();
        }
        """,
        """
        [TaskContract]
        public interface IJobs
        {
            [Task, Schedule(Every = "30s")] Task AAsync();
            [Task, Schedule(SkipWhileRunning = true /* slow */, Every = "00:10:00")] Task BAsync();
        }
        """);

    [Fact]
    public Task An_expression_comes_first() => Verify<ContractAnalyzer, ScheduleFix>.VerifyCodeFixAsync(
        """
        [TaskContract]
        public interface IJobs
        {
            [Task, Schedule(Every = "0 5 * * *")] Task AAsync();
            [Task, Schedule(SkipWhileRunning = true, Every = "@hourly")] Task BAsync();
        }
        """,
        """
        [TaskContract]
        public interface IJobs
        {
            [Task, Schedule("0 5 * * *")] Task AAsync();
            [Task, Schedule("@hourly", SkipWhileRunning = true)] Task BAsync();
        }
        """);

    [Fact]
    public Task An_interval_is_rewritten() => Verify<ContractAnalyzer, DurationFix>.VerifyCodeFixAsync(
        "[TaskContract] public interface IJobs { [Task, Schedule(Every = \"10 mins\")] Task RunAsync(); }",
        "[TaskContract] public interface IJobs { [Task, Schedule(Every = \"10m\")] Task RunAsync(); }");

    [Theory]
    [InlineData("Schedule(\"30s\")")]
    [InlineData("Schedule(\"30 secs\")")]
    [InlineData("Schedule(Every = \"500ms\")")]
    [InlineData("Schedule(Every = \"5m..1m\")")]
    [InlineData("Schedule(\"0 5 * * *\", Every = \"30s\")")]
    public Task No_duration_to_rewrite(string schedule) =>
        Verify<ContractAnalyzer, DurationFix>.VerifyNoCodeFixAsync($"[TaskContract] public interface IJobs {{ [Task, {schedule}] Task RunAsync(); }}");

    [Theory]
    [InlineData("Schedule(\"at night\")")]
    [InlineData("Schedule(\"30s\", Every = \"1m\")")]
    [InlineData("Schedule(\"0 5 * * *\", Every = \"0 6 * * *\")")]
    [InlineData("Schedule(\"0 5 * * *\", TimeZone = \"\")")]
    public Task Nothing_to_move(string schedule) =>
        Verify<ContractAnalyzer, ScheduleFix>.VerifyNoCodeFixAsync($"[TaskContract] public interface IJobs {{ [Task, {schedule}] Task RunAsync(); }}");
}
