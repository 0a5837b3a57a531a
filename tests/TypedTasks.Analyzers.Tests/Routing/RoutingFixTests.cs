using TypedTasks.Analyzers.Routing;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.CodeFixes.Routing;

namespace TypedTasks.Analyzers.Tests.Routing;

/// <summary>The fixes of queues that are declared nowhere, and of workers that are one too many.</summary>
public sealed class RoutingFixTests
{
    [Fact]
    public Task The_queue_is_declared_beside_the_others() => Verify<QueueAnalyzer, DeclareQueueFix>.VerifyCodeFixAsync(
        TestCode.Files(
            """
            [TaskContract]
            public interface IJobs
            {
                [Task(Queue = /* soon */ "high-priority", MaxAttempts = 3)] Task RunAsync(int a);
            }
            """,
            """
            namespace Shop;

            public static class Queues
            {
                // letters
                [TaskQueue] public const string Mail = "mail"; // and parcels

                public const int HighPriority = 1;
            }
            """),
        [
            """
            [TaskContract]
            public interface IJobs
            {
                [Task(Queue = /* soon */ Shop.Queues.HighPriority2, MaxAttempts = 3)] Task RunAsync(int a);
            }
            """,
            """
            namespace Shop;

            public static class Queues
            {
                // letters
                [TaskQueue] public const string Mail = "mail"; // and parcels
                [TaskQueue] public const string HighPriority2 = "high-priority";

                public const int HighPriority = 1;
            }
            """,
        ]);

    [Fact]
    public Task It_is_declared_in_the_same_file_on_lines_of_its_own() => Verify<QueueAnalyzer, DeclareQueueFix>.VerifyCodeFixAsync(
        """
        public static class Queues
        {
            [TaskQueue(Prefetch = 1)]
            public const string Mail = "mail";
        }

        [TaskContract(Queue = "bulk")]
        public interface IJobs
        {
            [Task] Task RunAsync(int a);
        }
        """,
        """
        public static class Queues
        {
            [TaskQueue(Prefetch = 1)]
            public const string Mail = "mail";

            [TaskQueue]
            public const string Bulk = "bulk";
        }

        [TaskContract(Queue = Queues.Bulk)]
        public interface IJobs
        {
            [Task] Task RunAsync(int a);
        }
        """);

    [Fact]
    public Task Without_a_place_of_its_own_nothing_is_declared() => Verify<QueueAnalyzer, DeclareQueueFix>.VerifyNoCodeFixAsync(new TestCode
    {
        Sources = ["[TaskContract(Queue = \"bulk\")] public interface IJobs { [Task] Task RunAsync(int a); }"],
        References = [Compilations.Reference("Queues", "public static class Queues { [TaskQueue] public const string Mail = \"mail\"; }")],
    });

    [Fact]
    public Task The_second_worker_goes() => Verify<HostAnalyzer, KeepFirstWorkerFix>.VerifyCodeFixAsync(
        TestCode.Files(
            """
            new ServiceCollection().AddTypedTasks(tasks => tasks
                .UseEmbedded()
                .AddWorker<IMail, MailWorker>() // quiet
                .AddWorker<IMail, LoudWorker>(worker => worker.Concurrency = 2) /* loud */
                .AddClient<IMail>());
            new ServiceCollection().AddTypedTasks(tasks =>
            {
                tasks.AddWorker<IMail, MailWorker>();

                // the other one
                tasks.AddWorker<IMail, LoudWorker>();
            });
            """,
            Workers),
        [
            """
            new ServiceCollection().AddTypedTasks(tasks => tasks
                .UseEmbedded()
                .AddWorker<IMail, MailWorker>() /* loud */
                .AddClient<IMail>());
            new ServiceCollection().AddTypedTasks(tasks =>
            {
                tasks.AddWorker<IMail, MailWorker>();

                // the other one
            });
            """,
        ]);

    private const string Workers = """
        [TaskContract] public interface IMail { [Task] Task SendAsync(int a); }
        public class MailWorker : IMail { public Task SendAsync(int a) => Task.CompletedTask; }
        public class LoudWorker : IMail { public Task SendAsync(int a) => Task.CompletedTask; }
        """;
}
