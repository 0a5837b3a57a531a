using TypedTasks.Analyzers.Evolution;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests.Evolution;

/// <summary>TT601 to TT610 and TT615 on what tasks send: members, enums, unions, and the labels that stand for them.</summary>
public sealed class BaselineTypeTests
{
    private const string Sent = "task jobs.run\n  0 a order\n";

    [Theory]
    [InlineData("public record Order(int A, int B);", "  0 A int32\n  1 B int32")]
    [InlineData("public record Order(int {|TT604:B|}, int {|TT604:A|});", "  0 A int32\n  1 B int32")]
    [InlineData("public record {|TT604:Order|}(int A);", "  0 A int32\n  1 B int32")]
    [InlineData("public record Order(int A);", "  0 A int32\n  *RETIRED* 1 B int32")]
    [InlineData("public record Order(int A, string {|TT607:C|});", "  0 A int32\n  *RETIRED* 1 B int32")]
    [InlineData("public record Order(int A, int {|TT606:B|});", "  0 A int32")]
    [InlineData("public record Order(int A, int? {|TT601:B|});", "  0 A int32")]
    [InlineData("public record Order(int A, int {|TT601:B|} = 1);", "  0 A int32")]
    [InlineData("public class Order { public int A { get; set; } public required int {|TT606:B|} { get; set; } }", "  0 A int32")]
    [InlineData("public class Order { public int A { get; set; } public int {|TT601:B|} { get; set; } = 7; }", "  0 A int32")]
    [InlineData("public record Order(string {|TT605:A|});", "  0 A int32")]
    [InlineData("public record Order(int {|TT615:X|});", "  0 A int32")]
    [InlineData("[MessagePackObject] public class Order { [Key(0)] public int A { get; set; } [Key(1)] public int {|TT606:N|} { get; set; } [Key(2)] public int B { get; set; } }", "  0 A int32\n  2 B int32")]
    [InlineData("[MessagePackObject] public class Order { [Key(0)] public int A { get; set; } [Key(1)] public int? {|TT601:N|} { get; set; } [Key(2)] public int B { get; set; } }", "  0 A int32\n  2 B int32")]
    [InlineData("[MessagePackObject] public class Order { [Key(1)] public int A { get; set; } }", "  *RETIRED* 0 Z string\n  1 A int32")]
    public Task Members_by_number(string type, string members) =>
        Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs("[Task] Task RunAsync(Order a);", $"{Sent}type order array\n{members}\n", type));

    [Theory]
    [InlineData("[MessagePackObject(true)] public class Order { public int B { get; set; } public int A { get; set; } }", "  A int32\n  B int32")]
    [InlineData("[MessagePackObject(true)] public class {|TT604:Order|} { public int A { get; set; } }", "  A int32\n  B int32")]
    [InlineData("[MessagePackObject(true)] public class Order { public string {|TT605:A|} { get; set; } = \"\"; }", "  A int32")]
    [InlineData("[MessagePackObject(true)] public class Order { public string {|TT607:A|} { get; set; } = \"\"; }", "  *RETIRED* A int32")]
    [InlineData("[MessagePackObject(true)] public class Order { [Key(\"first name\")] public string A { get; set; } = \"\"; }", "  \"first name\" string")]
    [InlineData("[MessagePackObject(true)] public class Order { public int A { get; set; } public required Guid {|TT606:B|} { get; set; } }", "  A int32")]
    public Task Members_by_name(string type, string members) =>
        Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs("[Task] Task RunAsync(Order a);", $"{Sent}type order map\n{members}\n", type));

    [Fact]
    public Task A_map_is_no_array() => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(
        "[Task] Task RunAsync(Order {|TT605:a|});", $"{Sent}type order array\n  0 A int32\n", "[MessagePackObject(true)] public class Order { public int A { get; set; } }"));

    [Theory]
    [InlineData("public enum Color { Red, Blue }", "  0 Red\n  1 Blue")]
    [InlineData("public enum {|TT609:Color|} { {|TT609:Blue|} }", "  0 Red\n  1 Blue")]
    [InlineData("public enum Color { Red, {|TT609:Blue|} = 5 }", "  0 Red\n  1 Blue")]
    [InlineData("public enum Color { Red, Blue, {|TT601:Green|} }", "  0 Red\n  1 Blue")]
    [InlineData("public enum Color { {|TT615:Crimson|}, Blue }", "  0 Red\n  1 Blue")]
    [InlineData("public enum Color { Red, {|TT607:Green|} }", "  0 Red\n  *RETIRED* 1 Blue")]
    [InlineData("public enum Color { Red, Rouge = Red }", "  0 Red\n  0 Rouge")]
    [InlineData("public enum Color { Red = -1 }", "  -1 Red")]
    public Task Values_of_enums(string type, string values) =>
        Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs("[Task] Task RunAsync(Color a);", $"enum color int32\n{values}\n\ntask jobs.run\n  0 a color\n", type));

    [Theory]
    [InlineData("enum color int32", "byte", "{|TT605:Color|}")]
    [InlineData("enum color uint8", "int", "{|TT601:Color|}")]
    [InlineData("enum color int32", "int", "Color")]
    public Task Widths_of_enums(string header, string underlying, string name) => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(
        "[Task] Task RunAsync(List<Color?> a);", $"{header}\n  0 Red\n\ntask jobs.run\n  0 a list<color?>\n", $"public enum {name} : {underlying} {{ Red }}"));

    [Theory]
    [InlineData("Color {|TT605:a|}", "string")]
    [InlineData("Color {|TT601:a|}", "int32")]
    [InlineData("int {|TT601:a|}", "color")]
    [InlineData("short {|TT605:a|}", "color")]
    public Task An_enum_is_its_number(string parameter, string then) => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(
        $"[Task] Task RunAsync({parameter});", $"enum color int32\n  0 Red\n\ntask jobs.run\n  0 a {then}\n", "public enum Color { Red }"));

    [Theory]
    [InlineData("[Union(0, typeof(Circle)), Union(1, typeof(Square))] public abstract record Shape;", "  0 circle\n  1 square")]
    [InlineData("[Union(1, typeof(Circle)), Union(0, typeof(Square))] public abstract record {|TT610:{|TT610:Shape|}|};", "  0 circle\n  1 square")]
    [InlineData("[Union(0, typeof(Square))] public abstract record {|TT610:Shape|};", "  0 circle")]
    [InlineData("[Union(0, typeof(Circle))] public abstract record {|TT610:Shape|};", "  0 circle\n  1 square")]
    [InlineData("[Union(0, typeof(Circle))] public abstract record Shape;", "  0 circle\n  *RETIRED* 1 square")]
    [InlineData("[Union(0, typeof(Circle)), Union(1, typeof(Square))] public abstract record {|TT607:Shape|};", "  0 circle\n  *RETIRED* 1 line")]
    [InlineData("[Union(0, typeof(Circle)), Union(1, typeof(Square))] public abstract record {|TT601:Shape|};", "  0 circle")]
    [InlineData("[Union(0, typeof(Circle)), Union(1, typeof(Square))] public abstract record {|TT615:Shape|};", "  0 disc\n  1 square")]
    public Task Cases_of_unions(string type, string cases) => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(
        "[Task] Task RunAsync(Shape a);",
        $"task jobs.run\n  0 a shape\n\ntype circle array\n  0 R int32\n\ntype disc array\n  0 R int32\n\ntype square array\n  0 A int32\n\nunion shape\n{cases}\n",
        type + " public record Circle(int R) : Shape; public record Square(int A) : Shape;"));

    [Fact]
    public Task A_class_may_be_renamed() => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(
        "[Task] Task<Purchase> RunAsync(Purchase a, List<Row> b);",
        "task jobs.run\n  0 a order\n  1 b list<line>\n  result order\n\ntype line array\n  0 Sku string\n\ntype order array\n  0 Lines list<line>\n",
        "public record Purchase(List<Row> Lines); public record Row(string Sku);"));

    [Fact]
    public Task A_type_that_holds_itself_is_compared_once() => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(
        "[Task] Task RunAsync(Node a);",
        "task jobs.run\n  0 a node\n\ntype node array\n  0 Value int32\n  1 Next node?\n",
        "public record Node(string {|TT605:Value|}, Node? Next);"));

    [Fact]
    public Task What_a_label_stands_for_may_be_missing() => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Jobs(
        "[Task] Task RunAsync(Order a);", Sent, "public record {|TT601:Order|}(int A);"));

    [Fact]
    public Task A_member_of_a_type_in_two_contracts_is_reported_once() => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Of(
        "[TaskContract] public interface IA { [Task] Task RunAsync(Order a); } [TaskContract] public interface IB { [Task] Task RunAsync(Order a); } public record Order(string {|TT605:A|});",
        "task a.run\n  0 a order\n\ntask b.run\n  0 a order\n\ntype order array\n  0 A int32\n"));

    [Fact]
    public Task What_is_of_another_assembly_is_reported_at_the_task() => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(
        BaselineCode.Jobs("[Task] Task {|TT605:RunAsync|}(Shared.Order a);", $"{Sent}type order array\n  0 A int32\n") with
        {
            References = [Compilations.Reference("Shared", "namespace Shared; public record Order(string A);")],
        });
}
