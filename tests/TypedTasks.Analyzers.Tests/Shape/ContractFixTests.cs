using TypedTasks.Analyzers.Shape;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.CodeFixes.Idempotency;
using TypedTasks.CodeFixes.Routing;
using TypedTasks.CodeFixes.Serialization;
using TypedTasks.CodeFixes.Shape;

namespace TypedTasks.Analyzers.Tests.Shape;

/// <summary>The fixes of what keeps a contract from being generated.</summary>
public sealed class ContractFixTests
{
    [Fact]
    public Task A_modifier_goes() => Verify<ContractAnalyzer, ParameterModifierFix>.VerifyCodeFixAsync(
        """
        [TaskContract]
        public interface IJobs
        {
            [Task] Task RunAsync(int a, /* by reference */ ref int b, string c);
            [Task] Task MoreAsync(params int[] a);
        }
        """,
        """
        [TaskContract]
        public interface IJobs
        {
            [Task] Task RunAsync(int a, /* by reference */ int b, string c);
            [Task] Task MoreAsync(int[] a);
        }
        """);

    [Fact]
    public Task A_span_has_no_modifier_to_drop() =>
        Verify<ContractAnalyzer, ParameterModifierFix>.VerifyNoCodeFixAsync("[TaskContract] public interface IJobs { [Task] Task RunAsync(Span<byte> a); }");

    [Fact]
    public Task A_method_becomes_a_task() => Verify<ContractAnalyzer, AddTaskAttributeFix>.VerifyCodeFixAsync(
        """
        [TaskContract]
        public interface IJobs
        {
            /// <summary>Runs.</summary>
            Task RunAsync(int a);

            [Obsolete]
            // why
            Task MoreAsync(int a);

            [Obsolete] Task LastAsync(int a);
        }
        """,
        """
        [TaskContract]
        public interface IJobs
        {
            /// <summary>Runs.</summary>
            [Task]
            Task RunAsync(int a);

            [Obsolete]
            [Task]
            // why
            Task MoreAsync(int a);

            [Obsolete] [Task] Task LastAsync(int a);
        }
        """);

    [Theory]
    [InlineData("[TaskContract] public interface IJobs { int Size { get; } }")]
    [InlineData("public interface IJobs { [Task] Task RunAsync(int a); }")]
    [InlineData("[TaskContract] public interface IJobs { [Task] Task RunAsync(int a) => Task.CompletedTask; }")]
    public Task Nothing_to_mark(string source) => Verify<ContractAnalyzer, AddTaskAttributeFix>.VerifyNoCodeFixAsync(source);

    [Fact]
    public Task Overloads_get_names() => Verify<ContractAnalyzer, TaskNameFix>.VerifyCodeFixAsync(
        """
        [TaskContract]
        public interface IJobs
        {
            [Task] Task RunAsync(int id);
            [Task] Task RunAsync(string tag, CancellationToken token);
            [Task(MaxAttempts = 3)] Task RunAsync(Guid orderId, int retries);
        }
        """,
        """
        [TaskContract]
        public interface IJobs
        {
            [Task] Task RunAsync(int id);
            [Task("run-tag")] Task RunAsync(string tag, CancellationToken token);
            [Task("run-order-id-retries", MaxAttempts = 3)] Task RunAsync(Guid orderId, int retries);
        }
        """);

    [Fact]
    public Task What_the_worker_supplies_moves_to_the_end_everywhere() => Verify<ContractAnalyzer, TrailingParameterFix>.VerifyCodeFixAsync(
        TestCode.Files(
            """
            [TaskContract]
            public interface IJobs
            {
                [Task]
                Task RunAsync(
                    CancellationToken token, // when to stop
                    int a,
                    TaskContext context,
                    string b);
            }
            """,
            """
            public class Jobs : IJobs
            {
                public Task RunAsync(CancellationToken token, int a, TaskContext context, string b) => Task.CompletedTask;
            }

            public static class Direct
            {
                public static Task Run(IJobs jobs, TaskContext context) => jobs.RunAsync(default, 1, context, "b");

                public static Task Named(Jobs jobs, TaskContext context) => jobs.RunAsync(token: default, a: 1, context: context, b: "b");
            }
            """),
        [
            """
            [TaskContract]
            public interface IJobs
            {
                [Task]
                Task RunAsync(
                    int a, // when to stop
                    string b,
                    CancellationToken token,
                    TaskContext context);
            }
            """,
            """
            public class Jobs : IJobs
            {
                public Task RunAsync(int a, string b, CancellationToken token, TaskContext context) => Task.CompletedTask;
            }

            public static class Direct
            {
                public static Task Run(IJobs jobs, TaskContext context) => jobs.RunAsync(1, "b", default, context);

                public static Task Named(Jobs jobs, TaskContext context) => jobs.RunAsync(token: default, a: 1, context: context, b: "b");
            }
            """,
        ]);

    [Fact]
    public Task Durations_are_rewritten() => Verify<ContractAnalyzer, DurationFix>.VerifyCodeFixAsync(
        """
        [TaskContract]
        public interface IJobs
        {
            [Task(TimeLimit = "5 mins")] Task AAsync(int a);
            [Task(Backoff = "5m..1s")] Task BAsync(int a);
            [Task(Backoff = "1 sec..1.5 Hours", MaxAttempts = 3 /* three */)] Task CAsync(int a);
            [Task, Idempotent(Key = nameof(a), Window = "2 days")] Task DAsync(int a);
        }
        """,
        """
        [TaskContract]
        public interface IJobs
        {
            [Task(TimeLimit = "5m")] Task AAsync(int a);
            [Task(Backoff = "1s..5m")] Task BAsync(int a);
            [Task(Backoff = "1s..1.5h", MaxAttempts = 3 /* three */)] Task CAsync(int a);
            [Task, Idempotent(Key = nameof(a), Window = "2d")] Task DAsync(int a);
        }
        """);

    [Theory]
    [InlineData("[Task(TimeLimit = \"soon\")]")]
    [InlineData("[Task(TimeLimit = \"0s\")]")]
    [InlineData("[Task(MaxAttempts = 0)]")]
    public Task Nothing_that_could_be_meant(string task) =>
        Verify<ContractAnalyzer, DurationFix>.VerifyNoCodeFixAsync($"[TaskContract] public interface IJobs {{ {task} Task RunAsync(int a); }}");

    [Fact]
    public Task Names_become_legal() => Verify<ContractAnalyzer, WireNameFix>.VerifyCodeFixAsync(
        """
        public static class Queues
        {
            [TaskQueue] public const string Eu = "orders.eu"; // the union
        }

        [TaskContract("my jobs")]
        public interface IJobs
        {
            [Task("run..now!")] Task RunAsync(int a);
            [Task(Queue = "a b")] Task MoreAsync(int a);
        }
        """,
        """
        public static class Queues
        {
            [TaskQueue] public const string Eu = "orders-eu"; // the union
        }

        [TaskContract("my-jobs")]
        public interface IJobs
        {
            [Task("run-now")] Task RunAsync(int a);
            [Task(Queue = "a-b")] Task MoreAsync(int a);
        }
        """);

    [Fact]
    public Task Placeholders_are_renamed_to_the_nearest() => Verify<ContractAnalyzer, KeyPlaceholderFix>.VerifyCodeFixAsync(
        """
        public sealed record Account(Guid Number);

        [TaskContract]
        public interface IJobs
        {
            [Task, Idempotent(Key = "{account.Numbr}:{period}")] Task AAsync(Account account, int period);
            [Task, Idempotent(Key = "{acount.Number}:{period}")] Task BAsync(Account account, int period);
            [Task, Idempotent(Key = "{perod}")] Task CAsync(Account account, int period);
        }
        """,
        """
        public sealed record Account(Guid Number);

        [TaskContract]
        public interface IJobs
        {
            [Task, Idempotent(Key = "{account.Number}:{period}")] Task AAsync(Account account, int period);
            [Task, Idempotent(Key = "{account.Number}:{period}")] Task BAsync(Account account, int period);
            [Task, Idempotent(Key = "{period}")] Task CAsync(Account account, int period);
        }
        """);

    [Fact]
    public Task Nothing_is_near() =>
        Verify<ContractAnalyzer, KeyPlaceholderFix>.VerifyNoCodeFixAsync("[TaskContract] public interface IJobs { [Task, Idempotent(Key = \"{customer}\")] Task RunAsync(int a); }");

    [Fact]
    public Task Members_get_keys() => Verify<ContractAnalyzer, MemberKeyFix>.VerifyCodeFixAsync(
        """
        using MessagePack;

        [TaskContract]
        public interface IJobs { [Task] Task AAsync(First a); [Task] Task BAsync(Second a); }

        [MessagePackObject]
        public class First
        {
            [Key(0)] public int A { get; set; }

            /// <summary>B.</summary>
            public int B { get; set; }

            public int Sum => A + B;

            [IgnoreMember] public int Not { get; set; }

            public string C = "";
        }

        [MessagePackObject]
        public class Second
        {
            public int A { get; set; }
        }
        """,
        """
        using MessagePack;

        [TaskContract]
        public interface IJobs { [Task] Task AAsync(First a); [Task] Task BAsync(Second a); }

        [MessagePackObject]
        public class First
        {
            [Key(0)] public int A { get; set; }

            /// <summary>B.</summary>
            [Key(1)]
            public int B { get; set; }

            public int Sum => A + B;

            [IgnoreMember] public int Not { get; set; }

            [Key(2)]
            public string C = "";
        }

        [MessagePackObject]
        public class Second
        {
            [Key(0)]
            public int A { get; set; }
        }
        """);

    [Fact]
    public Task A_collision_is_resolved_by_the_next_key() => Verify<ContractAnalyzer, KeyCollisionFix>.VerifyCodeFixAsync(
        """
        using MessagePack;

        [TaskContract]
        public interface IJobs { [Task] Task AAsync(Order a); }

        [MessagePackObject]
        public class Order
        {
            [Key(0)] public int A { get; set; }
            [Key(0)] public int B { get; set; }
            [Key(7)] public int C { get; set; }
        }
        """,
        """
        using MessagePack;

        [TaskContract]
        public interface IJobs { [Task] Task AAsync(Order a); }

        [MessagePackObject]
        public class Order
        {
            [Key(0)] public int A { get; set; }
            [Key(8)] public int B { get; set; }
            [Key(7)] public int C { get; set; }
        }
        """);

    [Fact]
    public Task A_hierarchy_is_closed() => Verify<ContractAnalyzer, CloseHierarchyFix>.VerifyCodeFixAsync(
        TestCode.Files(
            "[TaskContract] public interface IJobs { [Task] Task DrawAsync(Drawing.Shape a); }",
            """
            namespace Drawing;

            /// <summary>A shape.</summary>
            public abstract record Shape;

            public sealed record Square(double Side) : Shape;

            public sealed record Circle(double Radius) : Shape;

            public abstract record Other : Shape;
            """),
        [
            "[TaskContract] public interface IJobs { [Task] Task DrawAsync(Drawing.Shape a); }",
            """
            namespace Drawing;

            /// <summary>A shape.</summary>
            [MessagePack.Union(0, typeof(Circle))]
            [MessagePack.Union(1, typeof(Square))]
            public abstract record Shape;

            public sealed record Square(double Side) : Shape;

            public sealed record Circle(double Radius) : Shape;

            public abstract record Other : Shape;
            """,
        ]);

    [Fact]
    public Task A_hierarchy_without_derived_types_stays_open() =>
        Verify<ContractAnalyzer, CloseHierarchyFix>.VerifyNoCodeFixAsync("public interface IService { void Serve(); } [TaskContract] public interface IJobs { [Task] Task RunAsync(IService a); }");

    [Fact]
    public Task A_constant_key_gets_a_parameter() => Verify<ContractAnalyzer, ConstantKeyFix>.VerifyCodeFixAsync(
        """
        [TaskContract]
        public interface IJobs
        {
            [Task, Idempotent(Key = "nightly" /* a run */)] Task AAsync(Guid tenant);
            [Task, Idempotent(Key = "")] Task BAsync(Guid tenant, int day);
        }
        """,
        """
        [TaskContract]
        public interface IJobs
        {
            [Task, Idempotent(Key = "nightly:{tenant}" /* a run */)] Task AAsync(Guid tenant);
            [Task, Idempotent(Key = "tenant")] Task BAsync(Guid tenant, int day);
        }
        """);
}
