using TypedTasks.Analyzers.Shape;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.CodeFixes.Serialization;

namespace TypedTasks.Analyzers.Tests.Serialization;

/// <summary>The fixes of unions with one tag for two types, and of types that generated code cannot see.</summary>
public sealed class PayloadFixTests
{
    [Fact]
    public Task The_second_type_gets_the_next_tag() => Verify<ContractAnalyzer, UnionTagFix>.VerifyCodeFixAsync(
        """
        [TaskContract]
        public interface IDrawing
        {
            [Task] Task DrawAsync(Shape shape);
        }

        [MessagePack.Union(0, typeof(Circle))]
        [MessagePack.Union(/* sic */ 0, typeof(Square))] // four sides
        [MessagePack.Union(7, typeof(Line))]
        public abstract record Shape;

        public sealed record Circle(double Radius) : Shape;

        public sealed record Square(double Side) : Shape;

        public sealed record Line(double Length) : Shape;
        """,
        """
        [TaskContract]
        public interface IDrawing
        {
            [Task] Task DrawAsync(Shape shape);
        }

        [MessagePack.Union(0, typeof(Circle))]
        [MessagePack.Union(/* sic */ 8, typeof(Square))] // four sides
        [MessagePack.Union(7, typeof(Line))]
        public abstract record Shape;

        public sealed record Circle(double Radius) : Shape;

        public sealed record Square(double Side) : Shape;

        public sealed record Line(double Length) : Shape;
        """);

    [Fact]
    public Task A_type_that_is_named_twice_is_left() => Verify<ContractAnalyzer, UnionTagFix>.VerifyNoCodeFixAsync("""
        [TaskContract] public interface IDrawing { [Task] Task DrawAsync(Shape shape); }

        [MessagePack.Union(0, typeof(Circle))]
        [MessagePack.Union(1, typeof(Circle))]
        public abstract record Shape;

        public sealed record Circle(double Radius) : Shape;
        """);

    [Fact]
    public Task A_hidden_type_becomes_internal() => Verify<ContractAnalyzer, VisibleTypeFix>.VerifyCodeFixAsync(
        """
        [TaskContract]
        public interface IDrawing
        {
            [Task] Task DrawAsync(Shape shape);
        }

        [MessagePack.Union(0, typeof(Circle))]
        [MessagePack.Union(1, typeof(Square))]
        public abstract class Shape
        {
            // round
            private protected sealed class Circle : Shape { public double Radius { get; set; } }

            /// <summary>Four sides.</summary>
            [Obsolete]
            sealed class Square : Shape { public double Side { get; set; } }
        }
        """,
        """
        [TaskContract]
        public interface IDrawing
        {
            [Task] Task DrawAsync(Shape shape);
        }

        [MessagePack.Union(0, typeof(Circle))]
        [MessagePack.Union(1, typeof(Square))]
        public abstract class Shape
        {
            // round
            internal sealed class Circle : Shape { public double Radius { get; set; } }

            /// <summary>Four sides.</summary>
            [Obsolete]
            internal sealed class Square : Shape { public double Side { get; set; } }
        }
        """);
}
