using TypedTasks.Analyzers.Shape;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.CodeFixes.Shape;

namespace TypedTasks.Analyzers.Tests.Shape;

/// <summary>TT101 to TT108 and TT111: what keeps a contract from being generated, each at the place where it is wrong.</summary>
public sealed class ContractAnalyzerTests
{
    [Theory]
    [InlineData("[TaskContract] public interface {|TT101:IJobs|}<T> { [Task] Task RunAsync(int a); }")]
    [InlineData("public class Outer<T> { [TaskContract] public interface {|TT101:IJobs|} { [Task] Task RunAsync(int a); } }")]
    [InlineData("public class Outer { [TaskContract] private interface {|TT101:IJobs|} { [Task] Task RunAsync(int a); } }")]
    [InlineData("public class Outer { [TaskContract] protected interface {|TT101:IJobs|} { [Task] Task RunAsync(int a); } }")]
    [InlineData("[TaskContract] file interface {|TT101:IJobs|} { [Task] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface {|TT101:IJobs|} { [Task] Task RunAsync(int a); } public static class JobsTasks;")]
    [InlineData("[TaskContract] public interface IJobs { [Task] void {|TT102:Run|}(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] IAsyncEnumerable<int> {|TT102:Run|}(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task RunAsync(ref int {|TT103:a|}); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task RunAsync(in int {|TT103:a|}); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task RunAsync(params int[] {|TT103:a|}); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task RunAsync(Span<byte> {|TT103:a|}); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task RunAsync(dynamic {|TT103:a|}); }")]
    [InlineData("[TaskContract] public unsafe interface IJobs { [Task] Task RunAsync(int* {|TT103:a|}); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task {|TT104:RunAsync|}<T>(T a); }")]
    [InlineData("[TaskContract] public interface IJobs { int {|TT105:Size|} { get; } }")]
    [InlineData("[TaskContract] public interface IJobs { event Action {|TT105:Changed|}; }")]
    [InlineData("[TaskContract] public interface IJobs { Task {|TT105:RunAsync|}(); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task {|TT105:RunAsync|}() => Task.CompletedTask; }")]
    [InlineData("public interface IJobs { [Task] Task {|TT105:RunAsync|}(); }")]
    [InlineData("public class Jobs { [Task] public Task {|TT105:RunAsync|}() => Task.CompletedTask; }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task RunAsync(int a); [Task] Task {|TT106:RunAsync|}(string a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task RunAsync(int a); [Task(\"run\")] Task {|TT106:OtherAsync|}(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task RunAsync(CancellationToken token, int {|TT107:a|}); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task RunAsync(CancellationToken token, CancellationToken {|TT107:other|}); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task RunAsync(TaskContext context, int {|TT107:a|}); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task(MaxAttempts = {|TT108:0|})] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task(TimeLimit = {|TT108:\"5 mins\"|})] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task(Backoff = {|TT108:\"5m..1s\"|})] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task, Idempotent(Key = nameof(a), Window = {|TT108:\"0s\"|})] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task(RetryOn = new[] { typeof(string) })] Task {|TT108:RunAsync|}(int a); }")]
    [InlineData("[TaskContract] public interface {|TT111:IJobs|} : IDisposable { [Task] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface IBase { [Task] Task RunAsync(int a); } [TaskContract] public interface {|TT111:IJobs|} : IBase { [Task] new Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface IBase { [Task] void {|TT102:Run|}(int a); } [TaskContract] public interface IJobs : IBase { [Task] Task MoreAsync(int a); }")]
    public Task Reports(string source) => Verify<ContractAnalyzer>.VerifyAnalyzerAsync(source);

    [Theory]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] internal interface IJobs { [Task] ValueTask<int> RunAsync(byte[] a, CancellationToken token = default, TaskContext? context = null); }")]
    [InlineData("public class Outer { [TaskContract] internal interface IJobs { [Task] Task RunAsync(int a); } }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task RunAsync(int a); Task RunTwiceAsync(int a) => RunAsync(a); const int Size = 3; class Nested { } }")]
    [InlineData("[TaskContract] public interface IJobs { [Task(\"run-id\")] Task RunAsync(int a); [Task(\"run-tag\")] Task RunAsync(string a); }")]
    [InlineData("[TaskContract] public interface IBase { [Task] Task RunAsync(int a); } [TaskContract] public interface IJobs : IBase { [Task] Task MoreAsync(int a); }")]
    [InlineData("public interface IMarker { } [TaskContract] public interface IJobs : IMarker { [Task] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task(TimeLimit = \"00:05:00\", Backoff = \"1s..5m\", Expires = \"2d\", KeepOutcome = \"none\")] Task RunAsync(int a); }")]
    public Task Is_silent_about(string source) => Verify<ContractAnalyzer>.VerifyAnalyzerAsync(source);

    [Fact]
    public Task A_type_that_does_not_exist_is_the_compilers_to_report() => Verify<ContractAnalyzer>.VerifyAnalyzerAsync(new TestCode
    {
        Sources = ["[TaskContract] public interface IJobs { [Task] Task RunAsync(List<Missing> a); [Task] Task<Missing> GetAsync(int a); [Task] Missing Give(int a); }"],
        AllowErrors = true,
    });

    [Fact]
    public Task A_return_type_becomes_a_task() => Verify<ContractAnalyzer, ReturnTypeFix>.VerifyCodeFixAsync(
        """
        [TaskContract]
        public interface IJobs
        {
            /// <summary>Resizes.</summary>
            [Task] // often
            void /* no result */ {|TT102:Resize|}(Guid id);

            [Task]
            Dictionary<string, int>  {|TT102:Count|}(Guid id);
        }
        """,
        """
        [TaskContract]
        public interface IJobs
        {
            /// <summary>Resizes.</summary>
            [Task] // often
            ValueTask /* no result */ Resize(Guid id);

            [Task]
            ValueTask<Dictionary<string, int>>  Count(Guid id);
        }
        """);

    [Theory]
    [InlineData("int {|TT109:a|} = 3")]
    [InlineData("string {|TT109:a|} = \"x\"")]
    [InlineData("bool {|TT109:a|} = true")]
    [InlineData("decimal {|TT109:a|} = 0.5m")]
    [InlineData("DayOfWeek {|TT109:a|} = DayOfWeek.Monday")]
    [InlineData("char {|TT109:a|} = 'x'")]
    [InlineData("int? a = null, int b = 0, bool c = false, Guid d = default, string? e = null, DayOfWeek f = default, char g = default, CancellationToken h = default")]
    public Task Defaults(string parameters) => Verify<DefaultArgumentAnalyzer>.VerifyAnalyzerAsync($"[TaskContract] public interface IJobs {{ [Task] Task RunAsync({parameters}); void Help(int a = 3) {{ }} }}");

    [Fact]
    public Task A_schedule_has_the_workers_default() =>
        Verify<DefaultArgumentAnalyzer>.VerifyAnalyzerAsync("[TaskContract] public interface IJobs { [Task, Schedule(Every = \"30s\")] Task RunAsync(int a = 3); }");
}
