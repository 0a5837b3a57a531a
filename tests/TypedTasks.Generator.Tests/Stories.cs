namespace TypedTasks.Generator.Tests;

/// <summary>The sources that snapshots tell, and that the robustness tests cut to pieces.</summary>
internal static class Stories
{
    public const string Invoices = """
        namespace Shop;

        public readonly record struct InvoiceId(Guid Value);

        /// <summary>The contract: one interface, shared by producers and workers.</summary>
        [TaskContract("invoices")]
        public interface IInvoices
        {
            /// <summary>Generates the invoice of an order.</summary>
            /// <param name="orderId">The order.</param>
            /// <param name="amount">What is due.</param>
            /// <param name="cancellationToken">Ends the attempt.</param>
            [Task(Queue = Queues.HighPriority, MaxAttempts = 5, Backoff = "1s..5m", TimeLimit = "2s")]
            [Idempotent(Key = nameof(orderId))]
            ValueTask<InvoiceId> GenerateAsync(Guid orderId, decimal amount, CancellationToken cancellationToken = default);

            /// <summary>Reminds the customer.</summary>
            [Task]
            [Idempotent]
            ValueTask SendReminderAsync(Guid orderId);
        }

        public static class Queues
        {
            [TaskQueue(Prefetch = 1)] public const string HighPriority = "high-priority";
        }

        public sealed class InvoiceWorker : IInvoices
        {
            public ValueTask<InvoiceId> GenerateAsync(Guid orderId, decimal amount, CancellationToken cancellationToken) => new(new InvoiceId(orderId));

            public ValueTask SendReminderAsync(Guid orderId) => default;
        }
        """;

    /// <summary>A contract that inherits another: the tasks of the base keep their name and lane, and both descriptors dispatch them.</summary>
    public const string Inheritance = """
        namespace Shop;

        [TaskContract("maintenance", Queue = "slow")]
        public interface IMaintenance
        {
            /// <summary>Removes what is older than <paramref name="days"/>.</summary>
            [Task(TimeLimit = "none", KeepOutcome = "none")]
            Task<int> PurgeAsync(int days = 30, CancellationToken cancellationToken = default);
        }

        [TaskContract]
        public interface IArchive : IMaintenance
        {
            [Task(RetryOn = new[] { typeof(TimeoutException), typeof(System.IO.IOException) }, DoNotRetryOn = new[] { typeof(System.IO.FileNotFoundException) })]
            [AtMostOnce]
            Task MoveAsync(string path, TaskContext context, CancellationToken cancellationToken);

            // An overload of the inherited task, which must not take its calls.
            [Task("purge-long")]
            Task<int> PurgeAsync(long days);

            bool IsReady => true;
        }
        """;

    /// <summary>Keywords as names, a contract in a class, internal, in no namespace; names that emitted code would like to have for itself.</summary>
    public const string Keywords = """
        internal static class Outer
        {
            [TaskContract]
            internal interface IEvents
            {
                [Task]
                [Idempotent(Key = "{event.class}:{options}")]
                ValueTask<@record?> @lock(@record @event, string? options, int client, bool cancellationToken, params_ task = params_.@ref);

                [Task("raise-number")]
                Task Raise(int @int);

                [Task("raise-text")]
                Task Raise(string @string, CancellationToken @default);
            }

            internal sealed record @record(string @class, int? @struct = 7);

            internal enum params_ : byte { @ref = 3, @out }
        }
        """;

    /// <summary>A tour of payloads: how each kind of type gets in and out.</summary>
    public const string Payloads = """
        using MessagePack;

        namespace Tour;

        [TaskContract]
        public interface ITour
        {
            [Task] ValueTask<Page<Order>> PageAsync(Page<Order> page);

            [Task] ValueTask<Shape?> DrawAsync(Shape? shape, IReadOnlyList<Shape> others);

            [Task] ValueTask<Tree> GrowAsync(Tree tree);

            [Task] ValueTask<Settings> ConfigureAsync(Settings settings);

            [Task] ValueTask<Named> NameAsync(Named named);
        }

        // A positional record, closed over another: made by its constructor.
        public sealed record Page<T>(IReadOnlyList<T> Items, int Number = 1);

        // A class with setters: made first, then filled.
        public class Order
        {
            public required Guid Id { get; init; }

            public List<(string Sku, int Quantity)> Lines { get; set; } = [];

            public decimal Total => Lines.Count;
        }

        // A closed hierarchy.
        [Union(0, typeof(Circle))]
        [Union(1, typeof(Square))]
        public abstract class Shape;

        [MessagePackObject]
        public sealed class Circle : Shape
        {
            [Key(0)] public double Radius { get; set; }
        }

        [MessagePackObject]
        public class Square : Shape
        {
            [Key(0)] public int Side { get; set; }

            [Key(3)] public string? Colour { get; set; }

            [IgnoreMember] public int Area => Side * Side;
        }

        // A type that holds itself.
        public sealed record Tree(string Name, Tree[] Children);

        // Init-only members with initializers, which hold where the sender did not know them.
        public sealed class Settings
        {
            public string Culture { get; init; } = "en";

            public int Retries { get; init; } = 3;
        }

        // A map by name.
        [MessagePackObject(true)]
        public sealed class Named
        {
            public int First { get; set; }

            public string Second { get; set; } = "";
        }
        """;

    /// <summary>Many of one's own, in a list and in an array.</summary>
    public const string Sequences = """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using TypedTasks;

        namespace Shop;

        public sealed record Line(string Sku, int Quantity);

        [TaskContract]
        public interface IBaskets
        {
            [Task]
            Task OrderAsync(List<Line> lines, Line[]? gifts);
        }
        """;

    /// <summary>Tasks that are enqueued by themselves, with what is said of each, and one that inherits its times.</summary>
    public const string Schedules = """
        namespace Shop;

        [TaskContract("books")]
        public interface IBooks
        {
            /// <summary>Closes the day.</summary>
            [Task]
            [Schedule("0 5 * * MON-FRI", TimeZone = "Europe/Lisbon", Missed = MissedRuns.Each)]
            ValueTask CloseDayAsync(string? region = null, TaskContext? context = null);

            [Task]
            [Schedule("@hourly")]
            ValueTask SumUpAsync();
        }

        [TaskContract]
        public interface IFeeds : IBooks
        {
            [Task]
            [Schedule(Every = "1.5m", Missed = MissedRuns.Skip, SkipWhileRunning = true)]
            ValueTask<int> RefreshAsync(int atMost = 100);

            [Task]
            [Schedule("*/10 * * * * *", TimeZone = "UTC", Missed = MissedRuns.Latest, SkipWhileRunning = true)]
            ValueTask PollAsync();
        }
        """;
}
