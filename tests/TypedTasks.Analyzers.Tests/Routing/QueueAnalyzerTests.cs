using TypedTasks.Analyzers.Routing;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.CodeFixes.Routing;

namespace TypedTasks.Analyzers.Tests.Routing;

/// <summary>TT201, TT205 and TT207: names against what this project and its references declare.</summary>
public sealed class QueueAnalyzerTests
{
    private const string Queues = "public static class Queues { [TaskQueue] public const string Mail = \"mail\"; public const string Plain = \"plain\"; }";

    [Theory]
    [InlineData("[TaskContract] public interface IJobs { [Task(Queue = {|TT201:\"mial\"|})] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task(Queue = {|TT201:Queues.Plain|})] Task RunAsync(int a); }")]
    [InlineData("[TaskContract(Queue = {|TT201:\"other\"|})] public interface IJobs { [Task] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task(Queue = \"mail\")] Task RunAsync(int a); [Task(Queue = \"default\")] Task MoreAsync(int a); [Task] Task LastAsync(int a); }")]
    [InlineData("[TaskContract(Queue = Queues.Mail)] public interface IJobs { [Task(Queue = Queues.Mail)] Task RunAsync(int a); }")]
    [InlineData("public static class More { [TaskQueue] public static readonly string {|TT201:Late|} = \"late\"; [TaskQueue] public const int {|TT201:Number|} = 1; }")]
    [InlineData("public static class More { [TaskQueue] public const string Again = \"mail\"; }")]
    public Task A_queue_is_declared_or_not(string source) => Verify<QueueAnalyzer>.VerifyAnalyzerAsync(source, Queues);

    [Fact]
    public Task Nothing_is_said_while_no_queue_is_declared() =>
        Verify<QueueAnalyzer>.VerifyAnalyzerAsync("[TaskContract] public interface IJobs { [Task(Queue = \"mial\")] Task RunAsync(int a); }");

    [Fact]
    public Task References_declare_queues_too() => Verify<QueueAnalyzer>.VerifyAnalyzerAsync(new TestCode
    {
        Sources = ["[TaskContract] public interface IJobs { [Task(Queue = \"mail\")] Task RunAsync(int a); [Task(Queue = {|TT201:\"mial\"|})] Task MoreAsync(int a); } public static class Own { [TaskQueue] public const string {|TT205:Mail|} = \"MAIL\"; }"],
        References = [Compilations.Reference("Names", Queues)],
    });

    [Fact]
    public async Task The_message_names_the_nearest() => Assert.Equal(
        ["The queue 'mial' is declared nowhere; do you mean 'mail'?", "The queue 'other' is declared nowhere; declare it by [TaskQueue] on a constant, or name one that is: 'mail'"],
        await Verify<QueueAnalyzer>.MessagesAsync(TestCode.Files("[TaskContract] public interface IJobs { [Task(Queue = \"mial\")] Task RunAsync(int a); [Task(Queue = \"other\")] Task MoreAsync(int a); }", Queues)));

    [Fact]
    public Task Names_that_differ_by_case() => Verify<QueueAnalyzer>.VerifyAnalyzerAsync(
        "public static class Queues { [TaskQueue] public const string A = \"Mail\"; [TaskQueue] public const string {|TT205:B|} = \"mail\"; [TaskQueue] public const string C = \"post\"; }");

    [Fact]
    public Task The_nearest_queue_is_named_by_its_constant() => Verify<QueueAnalyzer, QueueNameFix>.VerifyCodeFixAsync(
        TestCode.Files(
            """
            namespace Shop;

            [TaskContract(Queue = "mial" /* sic */)]
            public interface IJobs
            {
                [Task(Queue = "mal", MaxAttempts = 3)] Task RunAsync(int a);
                [Task(Queue = "something-else")] Task MoreAsync(int a);
            }
            """,
            "namespace Shop { public static class Queues { [TaskQueue] public const string Mail = \"mail\"; } }"),
        [
            """
            namespace Shop;

            [TaskContract(Queue = Queues.Mail /* sic */)]
            public interface IJobs
            {
                [Task(Queue = Queues.Mail, MaxAttempts = 3)] Task RunAsync(int a);
                [Task(Queue = "something-else")] Task MoreAsync(int a);
            }
            """,
        ]);

    [Fact]
    public Task Without_a_near_name_nothing_is_offered() => Verify<QueueAnalyzer, QueueNameFix>.VerifyNoCodeFixAsync(
        TestCode.Files("[TaskContract] public interface IJobs { [Task(Queue = \"something-else\")] Task RunAsync(int a); }", Queues));

    [Theory]
    [InlineData("[TaskContract(\"mail\")] public interface IA { [Task] Task RunAsync(int a); } [TaskContract(\"mail\")] public interface {|TT207:IB|} { [Task] Task MoreAsync(int a); }")]
    [InlineData("[TaskContract] public interface IMail { [Task] Task RunAsync(int a); } public class Outer { [TaskContract] public interface {|TT207:IMail|} { [Task] Task MoreAsync(int a); } }")]
    [InlineData("[TaskContract] public interface IA { [Task] Task RunAsync(int a); } [TaskContract] public interface IB { [Task] Task RunAsync(int a); }")]
    public Task Two_contracts_under_one_name(string source) => Verify<RouteAnalyzer>.VerifyAnalyzerAsync(source);

    [Fact]
    public Task A_name_that_a_reference_has() => Verify<RouteAnalyzer>.VerifyAnalyzerAsync(new TestCode
    {
        Sources = ["[TaskContract(\"mail\")] public interface {|TT207:IMine|} { [Task] Task RunAsync(int a); }"],
        References = [Compilations.Reference("Mail", "[TaskContract] public interface IMail { [Task] Task RunAsync(int a); }")],
    });
}
