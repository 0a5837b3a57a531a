using TypedTasks.Generator.Tests.Driving;

namespace TypedTasks.Generator.Tests;

/// <summary>Emitted code is loaded and run: the call becomes bytes, the bytes a call of the handler, the result bytes again.</summary>
public sealed class ExecutionTests
{
    private const string Usings = """
        using TypedTasks.Generator.Tests.Driving;
        using Xunit;

        """;

    [Fact]
    public async Task A_call_reaches_the_handler_and_its_result_comes_back()
    {
        using LoadedAssembly loaded = Generate.From(Stories.Invoices, Usings + """
            namespace Shop;

            public static class Program
            {
                public static async Task RunAsync()
                {
                    LoopbackClient<IInvoices> invoices = new(new InvoiceWorker());
                    Guid order = Guid.Parse("01234567-89ab-cdef-0123-456789abcdef");

                    TaskHandle<InvoiceId> task = await invoices.GenerateAsync(order, 129.90m);
                    Assert.Equal(new InvoiceId(order), await task.ResultAsync());
                    Assert.Equal(new InvoiceId(order), await invoices.GenerateHandle(task.Id).ResultAsync());
                    Assert.Equal(new InvoiceId(order), await invoices.Remote.GenerateAsync(order, 1m));
                    await invoices.SendReminderAsync(order, EnqueueOptions.In(TimeSpan.FromDays(3)));
                    await invoices.Remote.SendReminderAsync(order);

                    Assert.Equal("invoices.generate 92d92430313233343536372d383961622d636465662d303132332d343536373839616263646566a63132392e3930 01234567-89ab-cdef-0123-456789abcdef", invoices.Log[0]);
                    Assert.Equal(4, invoices.Log.Count);

                    TaskDescriptor descriptor = InvoicesTasks.Generate(order, 1m).Task;
                    Assert.Equal("high-priority/invoices", descriptor.Lane.ToString());
                    Assert.Equal(1, descriptor.Queue.Prefetch);
                    Assert.Equal(TimeSpan.FromSeconds(2), descriptor.TimeLimit);
                    Assert.Equal(new BackoffRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)), descriptor.Backoff);
                    Assert.Equal(TaskIdempotency.Keyed, descriptor.Idempotency);
                }
            }
            """).Load();
        await (Task)loaded.Run("Shop.Program", "RunAsync")!;
    }

    [Fact]
    public void A_schedule_is_the_one_that_is_declared_and_an_occurrence_needs_no_arguments()
    {
        using LoadedAssembly loaded = Generate.From(Stories.Schedules, Usings + """
            using TypedTasks.Calls;
            using TypedTasks.MessagePack;

            namespace Shop;

            public static class Program
            {
                public static void Run()
                {
                    Assert.Equal(TaskSchedule.Cron("0 5 * * MON-FRI", "Europe/Lisbon") with { Missed = MissedRuns.Each }, BooksTasks.CloseDay().Task.Schedule);
                    Assert.Equal(TaskSchedule.Cron("@hourly"), BooksTasks.SumUp().Task.Schedule);
                    Assert.Equal(TaskSchedule.Every(TimeSpan.FromSeconds(90)) with { Missed = MissedRuns.Skip, SkipWhileRunning = true }, FeedsTasks.Refresh().Task.Schedule);
                    Assert.Equal(TaskSchedule.Cron("*/10 * * * * *") with { SkipWhileRunning = true }, FeedsTasks.Poll().Task.Schedule);

                    // The contract that inherits a task inherits its times.
                    Assert.Equal("books.close-day", FeedsTasks.CloseDay().Task.Name);
                    Assert.Equal(BooksTasks.CloseDay().Task.Schedule, FeedsTasks.CloseDay().Task.Schedule);

                    MessagePackReader none = new(new byte[] { 0x90 });
                    Assert.Equal(100, FeedsTasks.RefreshArguments.Read(ref none).AtMost);
                    none = new(new byte[] { 0x90 });
                    Assert.Null(BooksTasks.CloseDayArguments.Read(ref none).Region);
                }
            }
            """).Load();
        loaded.Run("Shop.Program", "Run");
    }

    [Fact]
    public async Task An_inherited_task_keeps_its_name_and_lane_and_is_told_from_its_overload()
    {
        using LoadedAssembly loaded = Generate.From(Stories.Inheritance, Usings + """
            namespace Shop;

            public sealed class Archivist : IArchive
            {
                public Task<int> PurgeAsync(int days, CancellationToken cancellationToken) => Task.FromResult(days);

                public Task<int> PurgeAsync(long days) => Task.FromResult(-(int)days);

                public Task MoveAsync(string path, TaskContext context, CancellationToken cancellationToken) => Task.CompletedTask;
            }

            public static class Program
            {
                public static async Task RunAsync()
                {
                    LoopbackClient<IArchive> archive = new(new Archivist());
                    Assert.Equal(7, await archive.Remote.PurgeAsync(7, default));
                    Assert.Equal(-7, await archive.Remote.PurgeAsync(7L));
                    Assert.Equal(30, await (await archive.PurgeAsync()).ResultAsync());
                    await archive.MoveAsync("a:b");
                    Assert.Equal(["maintenance.purge 9107", "archive.purge-long 9107", "maintenance.purge 911e", "archive.move 91a3613a62"], archive.Log);

                    LoopbackClient<IMaintenance> maintenance = new(new Archivist());
                    Assert.Equal(8, await maintenance.Remote.PurgeAsync(8));
                    Assert.Equal("slow/maintenance", ArchiveTasks.Purge().Task.Lane.ToString());
                    Assert.Equal("slow/maintenance", MaintenanceTasks.Purge().Task.Lane.ToString());
                    Assert.Null(MaintenanceTasks.Purge().Task.TimeLimit);
                    Assert.Equal(TimeSpan.Zero, MaintenanceTasks.Purge().Task.KeepOutcome);

                    TaskDescriptor move = ArchiveTasks.Move("x").Task;
                    Assert.True(move.AtMostOnce);
                    Assert.True(move.IsTransient!(new TimeoutException()));
                    Assert.True(move.IsTransient!(new System.IO.DirectoryNotFoundException()));
                    Assert.False(move.IsTransient!(new System.IO.FileNotFoundException()));
                    Assert.False(move.IsTransient!(new InvalidOperationException()));
                }
            }
            """).Load();
        await (Task)loaded.Run("Shop.Program", "RunAsync")!;
    }

    [Fact]
    public async Task Keywords_and_keys_of_members_work()
    {
        using LoadedAssembly loaded = Generate.From(Stories.Keywords.Replace("Outer\n{", "Outer\n{\n" + """
                internal sealed class Handler : IEvents
                {
                    public ValueTask<@record?> @lock(@record @event, string? options, int client, bool cancellationToken, params_ task) =>
                        new(task == params_.@ref ? @event : null);

                    public Task Raise(int @int) => Task.CompletedTask;

                    public Task Raise(string @string, CancellationToken @default) => Task.CompletedTask;
                }

                public static async Task RunAsync()
                {
                    LoopbackClient<IEvents> events = new(new Handler());
                    @record sent = new("a:b", 1);
                    Assert.Equal(sent, await (await events.@lock(sent, "x", 1, true)).ResultAsync());
                    Assert.Null(await (await events.@lock(sent, "x", 1, true, params_.@out)).ResultAsync());
                    await events.Raise(1);
                    await events.Remote.Raise("one", default);
                    Assert.EndsWith(" a%3Ab:x", events.Log[0]);
                    await Assert.ThrowsAsync<TaskKeyException>(async () => await events.@lock(sent, null, 1, true));
                }

            """, StringComparison.Ordinal).Insert(0, Usings)).Load();
        await (Task)loaded.Run("Outer", "RunAsync")!;
    }

    [Fact]
    public async Task A_task_that_is_called_as_another_ones_handle_keeps_its_name()
    {
        using LoadedAssembly loaded = Generate.From(Usings + """
            [TaskContract("doors")]
            public interface IDoors
            {
                [Task] Task<int> OpenAsync(int door);

                [Task] Task<string> OpenHandle(TaskId key);

                [Task] Task<bool> Handle(TaskId id);
            }

            public sealed class Porter : IDoors
            {
                public Task<int> OpenAsync(int door) => Task.FromResult(door);

                public Task<string> OpenHandle(TaskId key) => Task.FromResult("turned");

                public Task<bool> Handle(TaskId id) => Task.FromResult(true);
            }

            public static class Program
            {
                public static async Task RunAsync()
                {
                    LoopbackClient<IDoors> doors = new(new Porter());
                    TaskHandle<int> open = await doors.OpenAsync(3);
                    Assert.Equal("turned", await (await doors.OpenHandle(TaskId.New())).ResultAsync());
                    Assert.True(await (await doors.Handle(TaskId.New())).ResultAsync());
                    Assert.Equal(3, await doors.OpenHandle2(open.Id).ResultAsync());
                }
            }
            """).Load();
        await (Task)loaded.Run("Program", "RunAsync")!;
    }

    [Fact]
    public async Task A_contract_of_a_referenced_assembly_is_called_inherited_and_handled()
    {
        Generation library = Generate.From(Compilations.Create([Stories.Invoices], "Library")).Compiles();
        Generation application = Generate.From(Compilations.Create(
            [Usings + """
            namespace App;

            public sealed record Letter(Shop.InvoiceId Invoice, string Text);

            [TaskContract]
            public interface IPost : Shop.IInvoices
            {
                [Task] Task<Letter> PrintAsync(Letter letter);
            }

            public sealed class Postman : IPost
            {
                public ValueTask<Shop.InvoiceId> GenerateAsync(Guid orderId, decimal amount, CancellationToken cancellationToken) => new(new Shop.InvoiceId(orderId));

                public ValueTask SendReminderAsync(Guid orderId) => default;

                public Task<Letter> PrintAsync(Letter letter) => Task.FromResult(letter);
            }

            public static class Program
            {
                public static async Task RunAsync()
                {
                    LoopbackClient<Shop.IInvoices> invoices = new(new Shop.InvoiceWorker());
                    Guid order = Guid.NewGuid();
                    Assert.Equal(order, (await Shop.InvoicesTaskClientExtensions.GenerateAsync(invoices, order, 1m)).ResultAsync().Result.Value);

                    LoopbackClient<IPost> post = new(new Postman());
                    Letter letter = new(new Shop.InvoiceId(order), "Dear customer");
                    Assert.Equal(letter, await post.Remote.PrintAsync(letter));
                    Assert.Equal(order, (await post.Remote.GenerateAsync(order, 1m)).Value);
                    Assert.Equal("high-priority/invoices", PostTasks.Generate(order, 1m).Task.Lane.ToString());
                    Assert.Equal(1, PostTasks.Generate(order, 1m).Task.Queue.Prefetch);
                }
            }
            """],
            "Application",
            library.ToReference()));
        Assert.Contains("DeclaresHandler(typeof(global::App.Postman), typeof(global::Shop.IInvoices))", application["TypedTasks.Assembly.g.cs"], StringComparison.Ordinal);
        using LoadedAssembly loaded = application.Load(library);
        await (Task)loaded.Run("App.Program", "RunAsync")!;
    }
}
