using TypedTasks.Analyzers.Shape;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests.Shape;

/// <summary>What travels, and under which names: the rest of what a contract's reading finds.</summary>
public sealed class ContractPayloadTests
{
    private const string Types = """
        using MessagePack;
        public interface IService { void Serve(); }
        public class NoWay { private NoWay() { } public int A { get; set; } }
        public class Tags : List<string> { public string? Owner { get; set; } }
        public class Basket : IEnumerable<string> { public List<string> Items { get; set; } = []; public IEnumerator<string> GetEnumerator() => Items.GetEnumerator(); System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator(); }
        public class Grows<T> { public Grows<Grows<T>>? {|TT302:Next|} { get; set; } }
        public class Outer { protected internal class Seen { public int A { get; set; } } protected class Hidden { public int A { get; set; } } }
        [MessagePackObject] public class Unkeyed { public int {|TT301:A|} { get; set; } }
        [MessagePackObject] public class Twice { [Key(0)] public int A { get; set; } [Key(0)] public int {|TT305:B|} { get; set; } }
        [MessagePackObject] public class Mixed { [Key(0)] public int A { get; set; } [Key("b")] public int {|TT305:B|} { get; set; } }
        [MessagePackObject] public class Negative { [Key(-1)] public int {|TT305:A|} { get; set; } }
        [Union(0, typeof(int))] public abstract class {|TT304:BadUnion|};
        [Union(0, typeof(Circle))] [Union(1, typeof(Circle))] public abstract class {|TT304:Shape|};
        public class Circle : Shape { public double Radius { get; set; } }
        public class Deep { public Deeper? Deeper { get; set; } }
        public class Deeper { public System.IO.Stream? {|TT302:File|} { get; set; } }
        public record Order(int Id, Order? Parent, byte[] Content);
        """;

    [Theory]
    [InlineData("Task RunAsync(NoWay {|TT301:a|});", "")]
    [InlineData("Task RunAsync(Tags {|TT301:a|});", "")]
    [InlineData("Task RunAsync(Basket a);", "")]
    [InlineData("Task RunAsync(Unkeyed a);", "Unkeyed")]
    [InlineData("Task RunAsync(object {|TT302:a|});", "")]
    [InlineData("Task RunAsync(Action {|TT302:a|});", "")]
    [InlineData("Task RunAsync(List<Type> {|TT302:a|});", "")]
    [InlineData("Task RunAsync(Task<int> {|TT302:a|});", "")]
    [InlineData("Task<System.IO.Stream> {|TT302:RunAsync|}(int a);", "")]
    [InlineData("Task RunAsync(Grows<int> a);", "Grows")]
    [InlineData("Task RunAsync(Deep a);", "Deeper")]
    [InlineData("Task RunAsync(IService {|TT303:a|});", "")]
    [InlineData("Task RunAsync(BadUnion a);", "BadUnion")]
    [InlineData("Task RunAsync(Shape a);", "Shape")]
    [InlineData("Task RunAsync(Twice a);", "Twice")]
    [InlineData("Task RunAsync(Mixed a);", "Mixed")]
    [InlineData("Task RunAsync(Negative a);", "Negative")]
    [InlineData("Task RunAsync(Order a);", "")]
    [InlineData("Task RunAsync(Circle a);", "")]
    public Task Payloads(string task, string flagged) => Verify<ContractAnalyzer>.VerifyAnalyzerAsync(
        Only(flagged), $"[TaskContract] public interface IJobs {{ [Task] {task} }}");

    [Fact]
    public Task A_hidden_payload() => Verify<ContractAnalyzer>.VerifyAnalyzerAsync(new TestCode
    {
        Sources = ["public class Outer { protected class Row { public int A { get; set; } } [TaskContract] protected internal interface IJobs { [Task] Task RunAsync(Row {|TT312:a|}); [Task] Task MoreAsync(List<Row> {|TT312:a|}); } }"],
        AllowErrors = true,
    });

    [Fact]
    public Task Members_in_several_files() => Verify<ContractAnalyzer>.VerifyAnalyzerAsync(
        "public partial class Order { public int A { get; set; } }",
        "public partial class Order { public int B { get; set; } }",
        "[TaskContract] public interface IJobs { [Task] Task RunAsync(Order {|TT301:a|}); }");

    [Fact]
    public Task A_member_of_another_assembly_is_reported_at_the_parameter() => Verify<ContractAnalyzer>.VerifyAnalyzerAsync(new TestCode
    {
        Sources = ["[TaskContract] public interface IJobs { [Task] Task RunAsync(int a); [Task] Task LoadAsync(Far.Row {|TT302:row|}); }"],
        References = [Compilations.Reference("Far", "namespace Far; public class Row { public System.IO.Stream? File { get; set; } }")],
    });

    [Theory]
    [InlineData("[TaskContract({|TT202:\"no spaces\"|})] public interface IJobs { [Task] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task({|TT202:\"a.b\"|})] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task {|TT202:Straße|}(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task(Queue = {|TT204:\"a b\"|})] Task RunAsync(int a); }")]
    [InlineData("[TaskContract(Queue = {|TT204:\"a b\"|})] public interface IJobs { [Task] Task RunAsync(int a); }")]
    [InlineData("public static class Queues { [TaskQueue] public const string {|TT204:Bad|} = \"a.b\"; }")]
    [InlineData("[TaskContract] public interface IJobs { [Task, Idempotent(Key = {|TT209:\"{a\"|})] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task, Idempotent(Key = {|TT209:\"{b}\"|})] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task, Idempotent(Key = {|TT209:\"{a.Nope}\"|})] Task RunAsync(string a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task, Idempotent(Key = {|TT432:\"nightly\"|})] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task, Idempotent(Key = {|TT432:\"{{a}}\"|})] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task, Idempotent(Key = {|TT434:\"{a}\"|})] Task RunAsync(byte[] a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task, Idempotent(Key = nameof(a))] Task RunAsync(int a); [Task, Idempotent(Key = \"{a.Length}:{b}\")] Task MoreAsync(string a, DayOfWeek b); }")]
    public Task Names_and_keys(string source) => Verify<ContractAnalyzer>.VerifyAnalyzerAsync(source);

    // Marks are in the types; those of types that no contract sends are taken out.
    private static string Only(string flagged) => string.Join('\n', Types.Split('\n')
        .Select(line => flagged.Length > 0 && System.Text.RegularExpressions.Regex.IsMatch(line, $@"class (\{{\|TT304:)?{flagged}\b")
            ? line
            : System.Text.RegularExpressions.Regex.Replace(line, @"\{\|TT[0-9]+:|\|\}", "")));
}
