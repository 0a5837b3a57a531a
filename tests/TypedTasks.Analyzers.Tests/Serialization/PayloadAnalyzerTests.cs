using TypedTasks.Analyzers.Serialization;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.CodeFixes.Serialization;

namespace TypedTasks.Analyzers.Tests.Serialization;

/// <summary>TT306 to TT309 and TT313: payloads that travel, but not as meant.</summary>
public sealed class PayloadAnalyzerTests
{
    private const string EntityFramework = "namespace Microsoft.EntityFrameworkCore { public class DbContext; public class DbSet<T>; }";

    [Theory]
    [InlineData("public class Order { public int A { get; set; } public int {|TT307:B|} { get; } = 1; }")]
    [InlineData("public class Order { public int A { get; set; } public readonly int {|TT307:B|} = 1; }")]
    [InlineData("public class Order { public int A { get; set; } public int {|TT307:B|} { get; private set; } }")]
    [InlineData("[MessagePack.MessagePackObject] public class Order { [MessagePack.Key(0)] public int A { get; set; } [MessagePack.Key(1)] public int {|TT307:B|} { get; } = 1; }")]
    [InlineData("public class Order { public Line? L { get; set; } } public class Line { public int {|TT307:B|} { get; } = 1; }")]
    [InlineData("public class Order { public List<Line[]>? L { get; set; } } public class Line : Base { } public class Base { public int {|TT307:B|} { get; } = 1; }")]
    [InlineData("public class Order { public int A { get; set; } public int B => A + 1; public int C { get { return A; } } [MessagePack.IgnoreMember] public int D { get; } = 1; public static int E { get; } = 1; public const int F = 1; }")]
    [InlineData("public record Order(int A, int B) { public int C { get; init; } }")]
    [InlineData("public class Order(int a, int b) { public int A { get; } = a; public int B { get; } = b; private int _c = 0; internal int D { get; } = 1; public int Sum() => _c; }")]
    [InlineData("public class Order : Base { public new int {|TT307:A|} { get; set; } } public class Base { public int A { get; set; } }")]
    [InlineData("public class Order : Base { public new string {|TT307:A|} = \"\"; } public class Base : Root; public class Root { public int A; }")]
    [InlineData("public class Order : Base { public new int {|TT307:A|} => 1; public int B { get; set; } } public class Base { public int A { get; set; } }")]
    [InlineData("public record Order(int B) : Base(B) { public new int {|TT307:A|} { get; init; } } public record Base(int A);")]
    [InlineData("public class Order : Base { internal new int {|TT307:A|} { get; set; } } public class Base { public int A { get; set; } }")]
    [InlineData("public class Order : Base { public override int A { get; set; } } public class Base { public virtual int A { get; set; } }")]
    [InlineData("public class Order : Base { public new string A { get => base.A as string ?? \"\"; set => base.A = value; } } public class Base { public string? A { get; set; } }")]
    [InlineData("public class Order : Base { public new int A { get; set; } } public class Base { [MessagePack.IgnoreMember] public int A { get; set; } }")]
    [InlineData("public class Order : Base { [MessagePack.IgnoreMember] public new int A { get; set; } public int B { get; set; } } public class Base { public int A { get; set; } }")]
    [InlineData("public record Order(int A, int B) : Base(A); public record Base(int A);")]
    public Task State_that_nothing_restores(string types) => Verify<PayloadAnalyzer>.VerifyAnalyzerAsync(
        "[TaskContract] public interface IJobs { [Task] Task RunAsync(Order a); [Task] Task<Order> GetAsync(); }", types);

    [Theory]
    [InlineData("[Key(0)] public int A { get; set; } [Key(13)] public int {|TT306:B|} { get; set; }", "")]
    [InlineData("[Key(0)] public int A { get; set; } [Key(12)] public int B { get; set; }", "")]
    [InlineData("[Key(0)] public int A { get; set; } [Key(13)] public int B { get; set; }", "type order array\n  0 A int32\n  *RETIRED* 5 X int32\n")]
    [InlineData("[Key(\"a\")] public int A { get; set; }", "")]
    public Task Keys_with_gaps(string members, string baseline) => Verify<PayloadAnalyzer>.VerifyAnalyzerAsync(new TestCode
    {
        Sources = [$"using MessagePack; [MessagePackObject] public class Order {{ {members} }} [TaskContract] public interface IJobs {{ [Task] Task RunAsync(Order a); }}"],
        AdditionalFiles = baseline.Length == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { ["TaskContracts.txt"] = baseline },
    });

    [Theory]
    [InlineData("[Task] Task RunAsync(DateTime {|TT309:a|});")]
    [InlineData("[Task] Task RunAsync(List<DateTime?> {|TT309:a|});")]
    [InlineData("[Task] Task<DateTime> {|TT309:RunAsync|}(int a);")]
    [InlineData("[Task] Task RunAsync(DateTimeOffset a, DateOnly b, TimeSpan c);")]
    public Task Times(string task) => Verify<PayloadAnalyzer>.VerifyAnalyzerAsync($"[TaskContract] public interface IJobs {{ {task} }}");

    [Fact]
    public Task A_member_is_reported_once_however_many_contracts_send_it() => Verify<PayloadAnalyzer>.VerifyAnalyzerAsync(
        "public record Order(DateTime {|TT309:At|});",
        "[TaskContract] public interface IA { [Task] Task RunAsync(Order a); }",
        "[TaskContract] public interface IB { [Task] Task RunAsync(Order b); }");

    [Theory]
    [InlineData("public class Shop : Microsoft.EntityFrameworkCore.DbContext { public Microsoft.EntityFrameworkCore.DbSet<Order> Orders { get; set; } = null!; }", "Order {|TT308:a|}")]
    [InlineData("public class Shop : Base { public Microsoft.EntityFrameworkCore.DbSet<Order> Orders { get; set; } = null!; } public class Base : Microsoft.EntityFrameworkCore.DbContext;", "List<Order> {|TT308:a|}")]
    [InlineData("public class Shop : Microsoft.EntityFrameworkCore.DbContext { public Microsoft.EntityFrameworkCore.DbSet<Other> Others { get; set; } = null!; } public class Other;", "Order a")]
    [InlineData("public class Shop { public Microsoft.EntityFrameworkCore.DbSet<Order> Orders { get; set; } = null!; }", "Order a")]
    public Task Entities(string context, string parameter) => Verify<PayloadAnalyzer>.VerifyAnalyzerAsync(
        $"[TaskContract] public interface IJobs {{ [Task] Task RunAsync({parameter}); }} public class Order {{ public int A {{ get; set; }} }}", context, EntityFramework);

    [Theory]
    [InlineData("[Union(0, typeof(Circle))] public abstract record {|TT313:Shape|}; public sealed record Circle(int R) : Shape; public sealed record Square(int A) : Shape;")]
    [InlineData("[Union(0, typeof(Circle))] public interface {|TT313:Shape|}; public sealed record Circle(int R) : Shape; public struct Point : Shape;")]
    [InlineData("[Union(0, typeof(Circle))] public abstract record Shape; public sealed record Circle(int R) : Shape; public abstract record Edged : Shape;")]
    public Task Unions(string types) => Verify<PayloadAnalyzer>.VerifyAnalyzerAsync(
        $"using MessagePack; {types} [TaskContract] public interface IJobs {{ [Task] Task RunAsync(Shape a); }} [TaskContract] public interface IMore {{ [Task] Task RunAsync(Shape a); }}");

    [Fact]
    public Task An_accessor_is_added() => Verify<PayloadAnalyzer, MemberAccessorFix>.VerifyCodeFixAsync(
        """
        [TaskContract] public interface IJobs { [Task] Task RunAsync(Order a); }

        public class Order
        {
            public int A { get; } = 1; // one

            public int B { get; private set; }
        }
        """,
        """
        [TaskContract] public interface IJobs { [Task] Task RunAsync(Order a); }

        public class Order
        {
            public int A { get; init; } = 1; // one

            public int B { get; init; }
        }
        """);

    [Fact]
    public Task A_member_that_hides_another_needs_no_accessor() => Verify<PayloadAnalyzer, MemberAccessorFix>.VerifyNoCodeFixAsync(
        """
        [TaskContract] public interface IJobs { [Task] Task RunAsync(Order a); }

        public class Order : Base { public new int A { get; set; } }

        public class Base { public int A { get; set; } }
        """);

    [Fact]
    public Task Missing_types_are_named() => Verify<PayloadAnalyzer, UnionCasesFix>.VerifyCodeFixAsync(
        """
        using MessagePack;

        [TaskContract] public interface IJobs { [Task] Task RunAsync(Shape a); }

        /// <summary>A shape.</summary>
        [Union(3, typeof(Circle))]
        public abstract record Shape;

        public sealed record Circle(int R) : Shape;
        public sealed record Square(int A) : Shape;
        public sealed record Line(int A) : Shape;
        """,
        """
        using MessagePack;

        [TaskContract] public interface IJobs { [Task] Task RunAsync(Shape a); }

        /// <summary>A shape.</summary>
        [Union(3, typeof(Circle))]
        [Union(4, typeof(Line))]
        [Union(5, typeof(Square))]
        public abstract record Shape;

        public sealed record Circle(int R) : Shape;
        public sealed record Square(int A) : Shape;
        public sealed record Line(int A) : Shape;
        """);
}
