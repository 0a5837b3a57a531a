using TypedTasks.Analyzers.Evolution;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.CodeFixes.Evolution;

namespace TypedTasks.Analyzers.Tests.Evolution;

/// <summary>What the fixes write into a baseline: what they are asked for, in its place, and nothing else.</summary>
public sealed class BaselineFixTests
{
    private const string Shop = """
        using MessagePack;

        [TaskContract("invoices")]
        public interface IInvoices
        {
            [Task(Queue = "fast", MaxAttempts = 3)]
            [Idempotent(Key = nameof(order))]
            Task<Receipt> GenerateAsync(Guid order, List<Line> lines, Color? color = null, CancellationToken cancellationToken = default);

            [Task, Idempotent]
            Task DrawAsync(Shape shape, Archive.Line line, Page<Line> page);

            [Task, AtMostOnce]
            Task PingAsync();
        }

        public sealed record Receipt(int Number);

        public sealed record Line(string Sku, int Count, Line? Parent);

        public enum Color : byte { Blue = 2, Red = 1 }

        [Union(1, typeof(Square)), Union(0, typeof(Circle))]
        public abstract record Shape;

        public sealed record Circle(double Radius) : Shape;

        [MessagePackObject(true)]
        public sealed record Square : Shape
        {
            [Key("the side")]
            public double Side { get; init; }

            [Key("corner")]
            public string? Corner { get; init; }
        }

        public sealed record Page<T>(T[] Items);

        namespace Archive
        {
            public sealed record Line(string Text);
        }
        """;

    private const string ShopBaseline = """
        enum color uint8
          1 Red
          2 Blue

        task invoices.draw
          queue default
          idempotent
          delivery attempts=5 backoff=1s..5m limit=30m expires=none keep=1h
          0 shape shape
          1 line line
          2 page page-line

        task invoices.generate
          queue fast
          idempotent 24h {order}
          delivery attempts=3 backoff=1s..5m limit=30m expires=none keep=1h
          0 order guid
          1 lines list<line2>
          2 color color?
          result receipt

        task invoices.ping
          queue default
          at-most-once
          delivery attempts=5 backoff=1s..5m limit=30m expires=none keep=1h

        type circle array
          0 Radius float64

        type line array
          0 Text string

        type line2 array
          0 Sku string
          1 Count int32
          2 Parent line2?

        type page-line array
          0 Items list<line2>

        type receipt array
          0 Number int32

        type square map
          corner string?
          "the side" float64

        union shape
          0 circle
          1 square

        """;

    [Fact]
    public Task A_first_baseline_is_made_of_an_empty_file() => Verify<BaselineAnalyzer, AddToBaselineFix>.VerifyCodeFixAsync(
        BaselineCode.Of(Shop, ""), [Shop], BaselineCode.File(ShopBaseline));

    [Fact]
    public Task What_the_fix_wrote_says_all_that_there_is() => Verify<BaselineAnalyzer>.VerifyAnalyzerAsync(BaselineCode.Of(Shop, ShopBaseline));

    [Fact]
    public async Task The_baseline_of_the_sample_is_what_the_fix_would_write()
    {
        string folder = Path.Combine(Repository.Root, "samples", "Invoices");
        string baseline = File.ReadAllText(Path.Combine(folder, BaselineFile.FileName)).ReplaceLineEndings("\n");
        string contract = File.ReadAllText(Path.Combine(folder, "IInvoices.cs"));
        string comment = baseline[..(baseline.IndexOf('\n', StringComparison.Ordinal) + 1)];
        const string Exception = "namespace Shop; public sealed class UnknownCountryException : Exception;";
        TestCode code = new() { Sources = [contract, Exception], AdditionalFiles = new Dictionary<string, string> { [BaselineFile.FileName] = comment } };
        await Verify<BaselineAnalyzer, AddToBaselineFix>.VerifyCodeFixAsync(code, code.Sources, BaselineCode.File(baseline));
    }

    [Fact]
    public Task Foreign_lines_stay_where_they_are() => Fix<AddToBaselineFix>(
        "[Task] Task BAsync(int a, int? b); [Task] Task CAsync(); [Task] Task DAsync();",
        """
        # Ours, and nobody sorts it.

        task jobs.d

        # The next is of old.
        task jobs.b
            0 a int32   
        """,
        """
        # Ours, and nobody sorts it.

        task jobs.c
          queue default
          delivery attempts=5 backoff=1s..5m limit=30m expires=none keep=1h

        task jobs.d

        # The next is of old.
        task jobs.b
            0 a int32   
            1 b int32?

        """);

    [Fact]
    public Task Compatible_changes_are_written_too() => Fix<AddToBaselineFix>(
        "[Task, Idempotent] Task<long?> BAsync(long a, Color c);",
        "enum color uint8\n  0 Red\n  5 Green\n\ntask jobs.b\n  0 a int32\n  1 c color\n  result int32\n",
        "enum color int32\n  0 Red\n  3 Blue\n  5 Green\n\ntask jobs.b\n  idempotent\n  0 a int64\n  1 c color\n  result int64?\n",
        "public enum Color { Red, Blue = 3, Green = 5 }");

    [Fact]
    public Task The_ends_of_lines_stay() => Verify<BaselineAnalyzer, AddToBaselineFix>.VerifyCodeFixAsync(
        new TestCode { Sources = ["[TaskContract] public interface IJobs { [Task] Task BAsync(int? a); }"], AdditionalFiles = new Dictionary<string, string> { [BaselineFile.FileName] = "task jobs.b\r\n" } },
        ["[TaskContract] public interface IJobs { [Task] Task BAsync(int? a); }"],
        new Dictionary<string, string> { [BaselineFile.FileName] = "task jobs.b\r\n  0 a int32?\r\n" });

    [Fact]
    public Task A_task_is_retired() => Fix<AcceptInBaselineFix>(
        "[Task] Task BAsync();",
        "# old\ntask jobs.a\n  0 x int32\n\ntask jobs.b\n",
        "# old\n*RETIRED* task jobs.a\n  0 x int32\n\ntask jobs.b\n");

    [Theory]
    [InlineData("Task BAsync(int a);", "  0 a int32\n  1 b int32\n", "  0 a int32\n  *RETIRED* 1 b int32\n")]
    [InlineData("Task BAsync(int b, int a);", "  0 a int32\n  1 b int32\n", "  0 b int32\n  1 a int32\n")]
    [InlineData("Task BAsync(int c, int a);", "  0 a int32\n  *RETIRED* 7 z int32\n", "  0 c int32\n  1 a int32\n  *RETIRED* 7 z int32\n")]
    [InlineData("Task BAsync(string a);", "  0 a int32\n", "  0 a string\n")]
    [InlineData("Task BAsync(Guid x);", "  0 a guid\n", "  0 x guid\n")]
    [InlineData("Task BAsync(string x);", "  0 a guid\n", "  0 x string\n")]
    [InlineData("Task<string> BAsync();", "  result int32\n", "  result string\n")]
    [InlineData("Task BAsync();", "  result int32\n", "")]
    [InlineData("Task BAsync();", "  idempotent 24h {a}\n  at-most-once\n", "  at-most-once\n")]
    [InlineData("Task BAsync();", "  queue slow\n  delivery attempts=9\n", "  queue default\n  delivery attempts=5 backoff=1s..5m limit=30m expires=none keep=1h\n")]
    public Task A_change_is_accepted(string task, string before, string after) =>
        Fix<AcceptInBaselineFix>($"[Task{(after.Contains("at-most-once", StringComparison.Ordinal) ? ", AtMostOnce" : "")}] {task}", $"task jobs.b\n{before}", $"task jobs.b\n{after}");

    [Fact]
    public Task A_weaker_key_is_accepted() => Fix<AcceptInBaselineFix>(
        "[Task, Idempotent(Key = \"{a} {b}\")] Task BAsync(int a, int b);",
        "task jobs.b\n  idempotent 24h {a}\n  0 a int32\n  1 b int32\n",
        "task jobs.b\n  idempotent 24h \"{a} {b}\"\n  0 a int32\n  1 b int32\n");

    [Theory]
    [InlineData("public enum Color { Red }", "enum color int32\n  0 Red\n  1 Blue\n", "enum color int32\n  0 Red\n  *RETIRED* 1 Blue\n")]
    [InlineData("public enum Color { Blue, Red }", "enum color int32\n  0 Red\n  1 Blue\n", "enum color int32\n  0 Blue\n  1 Red\n")]
    [InlineData("public enum Color { Crimson, Blue }", "enum color int32\n  0 Red\n  1 Blue\n", "enum color int32\n  0 Crimson\n  1 Blue\n")]
    [InlineData("public enum Color : byte { Red }", "enum color int32\n  0 Red\n", "enum color uint8\n  0 Red\n")]
    [InlineData("public record Color(int R);", "type color array\n  0 R int32\n  1 G int32\n", "type color array\n  0 R int32\n  *RETIRED* 1 G int32\n")]
    [InlineData("[Union(1, typeof(A)), Union(0, typeof(B))] public abstract record Color; public record A : Color; public record B : Color;", "type a array\n\ntype b array\n\nunion color\n  0 a\n  1 b\n", "type a array\n\ntype b array\n\nunion color\n  0 b\n  1 a\n")]
    [InlineData("[Union(0, typeof(B))] public abstract record Color; public record A : Color; public record B : Color;", "type a array\n\ntype b array\n\nunion color\n  0 a\n", "type a array\n\ntype b array\n\nunion color\n  0 b\n")]
    public Task A_change_of_a_type_is_accepted(string type, string before, string after) =>
        Fix<AcceptInBaselineFix>("[Task] Task BAsync(Color c);", $"task jobs.b\n  0 c color\n\n{before}", $"task jobs.b\n  0 c color\n\n{after}", type);

    [Theory]
    [InlineData("[Task] Task BAsync(int a);", "task jobs.b\n  *RETIRED* 0 z int32\n")]
    [InlineData("[Task] Task BAsync(int a);", "*RETIRED* task jobs.b\n")]
    public async Task What_reuses_a_retired_place_is_not_to_be_accepted(string task, string baseline)
    {
        string[] messages = await Verify<BaselineAnalyzer>.MessagesAsync(BaselineCode.Jobs(task, baseline));
        Assert.Contains("retired", Assert.Single(messages), StringComparison.Ordinal);
        Assert.DoesNotContain(RuleIds.RetiredReused, new AcceptInBaselineFix().FixableDiagnosticIds);
    }

    [Fact]
    public Task A_required_argument_is_made_nullable() => Verify<BaselineAnalyzer, NullableFix>.VerifyCodeFixAsync(
        BaselineCode.Of(
            """
            [TaskContract("jobs")] public interface IJobs { [Task] Task RunAsync(int a, /* new */ string b, Order c); }

            public record Order(int A, List<int> B);
            """,
            "task jobs.run\n  0 a int32\n  2 c order\n\ntype order array\n  0 A int32\n"),
        [
            """
            [TaskContract("jobs")] public interface IJobs { [Task] Task RunAsync(int a, /* new */ string? b, Order c); }

            public record Order(int A, List<int>? B);
            """,
        ]);

    [Fact]
    public async Task The_fixes_say_what_they_write()
    {
        Assert.Equal(["Retire in TaskContracts.txt"], await Verify<BaselineAnalyzer, AcceptInBaselineFix>.TitlesAsync(BaselineCode.Jobs("", "task jobs.a\n")));
        Assert.Equal(["Accept in TaskContracts.txt"], await Verify<BaselineAnalyzer, AcceptInBaselineFix>.TitlesAsync(BaselineCode.Jobs("[Task] Task AAsync(int a);", "task jobs.a\n  0 a guid\n")));
        Assert.Equal(["Add to TaskContracts.txt"], await Verify<BaselineAnalyzer, AddToBaselineFix>.TitlesAsync(BaselineCode.Jobs("[Task] Task AAsync(int a);", "")));
    }

    private static Task Fix<TFix>(string tasks, string before, string after, string types = "")
        where TFix : CodeFixes.TaskCodeFix, new()
    {
        TestCode code = BaselineCode.Jobs(tasks, before, types);
        return Verify<BaselineAnalyzer, TFix>.VerifyCodeFixAsync(code, code.Sources, BaselineCode.File(after));
    }
}
