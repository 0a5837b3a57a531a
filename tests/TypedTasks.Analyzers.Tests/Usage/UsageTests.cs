using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.Analyzers.Usage;
using TypedTasks.CodeFixes.Usage;

namespace TypedTasks.Analyzers.Tests.Usage;

/// <summary>TT7xx and TT515: how clients are used.</summary>
public sealed class UsageTests
{
    private const string Contract = """
        public static class Queues { [TaskQueue] public const string Other = "other"; }

        [TaskContract]
        public interface IMail
        {
            [Task] ValueTask SendAsync(Guid message, CancellationToken cancellationToken = default);
            [Task] ValueTask<int> CountAsync(Guid message);
            [Task] ValueTask<Guid> FindAsync(int number);
            [Task(Queue = Queues.Other)] ValueTask<int> FarAsync(Guid message);
            [Task(KeepOutcome = "none")] ValueTask<int> ForgetAsync(Guid message);
        }
        """;

    [Theory]
    [InlineData("async Task M() { {|TT701:mail.SendAsync(id)|}; await Task.Yield(); }")]
    [InlineData("void M() { _ = {|TT701:mail.SendAsync(id)|}; }")]
    [InlineData("void M() { {|TT701:mail.SendAsync(id)|}.AsTask(); }")]
    [InlineData("void M() { _ = {|TT701:mail.SendAsync(id)|}.ConfigureAwait(false); }")]
    [InlineData("void M() { {|TT701:mail.Remote.SendAsync(id)|}; }")]
    [InlineData("void M() { {|TT701:mail.EnqueueAsync(MailTasks.Send(id))|}; }")]
    [InlineData("void M() { {|TT701:mail.EnqueueManyAsync(new[] { MailTasks.Send(id) })|}; }")]
    [InlineData("void M() { new List<Guid>().ForEach(each => {|TT701:mail.SendAsync(each)|}); }")]
    [InlineData("void M() { var never = {|TT701:mail.SendAsync(id)|}; }")]
    [InlineData("void M(ITaskClient<IMail>? other) { other?{|TT701:.SendAsync(id)|}; }")]
    [InlineData("async Task M() { await mail.SendAsync(id); _ = await mail.SendAsync(id).ConfigureAwait(false); }")]
    [InlineData("ValueTask<TaskHandle<NoResult>> M() => mail.SendAsync(id);")]
    [InlineData("async Task M() { var first = mail.SendAsync(id); var second = mail.SendAsync(id); await first; await second; }")]
    [InlineData("Task M() { var all = new List<Task>(); all.Add(mail.SendAsync(id).AsTask()); return Task.WhenAll(all); }")]
    [InlineData("Task M() => Task.WhenAll(new[] { id }.Select(each => mail.SendAsync(each).AsTask()));")]
    [InlineData("void M() { Run(mail.SendAsync(id)); } static void Run(ValueTask<TaskHandle<NoResult>> task) { }")]
    [InlineData("async Task M() { var handle = await mail.SendAsync(id); }")]
    [InlineData("async Task M(Guid[] ids) { foreach (var each in ids) { await {|TT705:mail.SendAsync(each)|}; } }")]
    [InlineData("async Task M(Guid[] ids) { foreach (var each in ids) await {|TT705:mail.SendAsync(each)|}.ConfigureAwait(false); }")]
    [InlineData("async Task M(Guid[] ids) { foreach (var each in ids) { if (each != default) { await mail.SendAsync(each); } } }")]
    [InlineData("async Task M(Guid[] ids) { var all = new List<object>(); foreach (var each in ids) { all.Add(await mail.SendAsync(each)); } }")]
    [InlineData("async Task M(Guid[] ids) { foreach (var each in ids) { await mail.Remote.SendAsync(each); } }")]
    [InlineData("void M() { {|TT701:canvas.EnqueueAsync(Canvas.Chain(MailTasks.Send(id)))|}; }")]
    [InlineData("void M() { _ = {|TT701:canvas.EnqueueAsync(Canvas.Group(MailTasks.Count(id)).Join(JoinOn.AllEnded, MailTasks.Send(id)))|}.AsTask(); }")]
    [InlineData("void M(TaskGroup<int> group) { var never = {|TT701:canvas.EnqueueAsync(group, default)|}; }")]
    [InlineData("void M(TaskChain<int> chain, ITaskCanvas? other) { other?{|TT701:.EnqueueAsync(chain)|}; }")]
    [InlineData("async Task M(Guid[] ids) { foreach (var each in ids) { await {|TT705:canvas.EnqueueAsync(Canvas.Chain(MailTasks.Count(each)).Then(MailTasks.Send(each)))|}; } }")]
    [InlineData("async Task M(IEnumerable<TaskGroup<int>> groups) { foreach (var each in groups) { await canvas.EnqueueAsync(each); } }")]
    [InlineData("async Task<TaskHandle<int>> M(TaskChain<int> chain) { await canvas.EnqueueAsync(chain); return await canvas.EnqueueAsync(chain).ConfigureAwait(false); }")]
    [InlineData("void M() { Canvas.Chain(MailTasks.Count(id)).Then(MailTasks.Send(id)); }")]
    public Task Enqueueing(string member) => Verify<EnqueueAnalyzer>.VerifyAnalyzerAsync(Client(member), Contract);

    [Theory]
    [InlineData("async Task M() { await {|TT702:mail.Remote.ForgetAsync(id)|}; }")]
    [InlineData("async Task M() { await {|TT702:(await mail.ForgetAsync(id)).ResultAsync()|}; }")]
    [InlineData("async Task M() { var handle = await mail.ForgetAsync(id); await {|TT702:handle.ResultAsync(TimeSpan.FromSeconds(1))|}; }")]
    [InlineData("async Task M() { await mail.Remote.CountAsync(id); await (await mail.CountAsync(id)).ResultAsync(); }")]
    [InlineData("async Task M() { await mail.ForgetAsync(id); }")]
    [InlineData("async Task M() { var handle = await mail.ForgetAsync(id); handle = await mail.CountAsync(id); await handle.ResultAsync(); }")]
    [InlineData("async Task M(TaskHandle<int> handle) { await handle.ResultAsync(); }")]
    [InlineData("async Task M() { await {|TT702:(await canvas.EnqueueAsync(Canvas.Chain(MailTasks.Count(id)).Then(MailTasks.Forget(id)))).ResultAsync()|}; }")]
    [InlineData("async Task M() { var handle = await canvas.EnqueueAsync(Canvas.Chain(MailTasks.Find(1)).Then(MailTasks.ForgetLink())); await {|TT702:handle.ResultAsync()|}; }")]
    [InlineData("async Task M() { await (await canvas.EnqueueAsync(Canvas.Chain(MailTasks.Forget(id)).Then(MailTasks.Count(id)))).ResultAsync(); }")]
    [InlineData("async Task M(TaskChain<int> chain) { await (await canvas.EnqueueAsync(chain)).ResultAsync(); }")]
    public Task Results(string member) => Verify<ResultAnalyzer>.VerifyAnalyzerAsync(Client(member), Contract);

    [Theory]
    [InlineData("await {|TT515:mail.Remote.CountAsync(id)|};", true)]
    [InlineData("var handle = await mail.CountAsync(id); await {|TT515:handle.ResultAsync()|};", true)]
    [InlineData("await {|TT515:mail.Remote.FarAsync(id)|};", false)]
    [InlineData("await Task.WhenAll(new[] { id }.Select(async each => await {|TT515:mail.Remote.CountAsync(each)|}));", true)]
    [InlineData("await {|TT515:(await canvas.EnqueueAsync(Canvas.Chain(MailTasks.Count(id)))).ResultAsync()|};", true)]
    [InlineData("var handle = await canvas.EnqueueAsync(Canvas.Chain(MailTasks.Count(id)).Then(MailTasks.Far(id))); await {|TT515:handle.ResultAsync()|};", true)]
    [InlineData("await {|TT515:(await canvas.EnqueueAsync(Canvas.Chain(MailTasks.Far(id)).Then(MailTasks.Far(id)))).ResultAsync()|};", false)]
    [InlineData("TaskChain<int> chain = Canvas.Chain(MailTasks.Count(id)); await {|TT515:(await canvas.EnqueueAsync(chain)).ResultAsync()|};", false)]
    public async Task A_handler_waits(string body, bool isWarning)
    {
        TestCode code = TestCode.Files(Handler($"public async ValueTask SendAsync(Guid id, CancellationToken cancellationToken) {{ {body} }}"), Contract);
        await Verify<ResultAnalyzer>.VerifyAnalyzerAsync(code);
        Assert.Equal(isWarning, (await Analysis.RunAsync(Compilations.Generate(code.Parse().Compilation), [new ResultAnalyzer()])).Single().Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Warning);
    }

    [Theory]
    [InlineData("public async ValueTask SendAsync(Guid id, CancellationToken cancellationToken) { await mail.SendAsync(id); }")]
    [InlineData("public async ValueTask SendAsync(Guid id, CancellationToken cancellationToken) { await canvas.EnqueueAsync(Canvas.Chain(MailTasks.Count(id)).Then(MailTasks.Far(id))); }")]
    [InlineData("public ValueTask SendAsync(Guid id, CancellationToken cancellationToken) => default; public async Task OtherAsync() { await mail.Remote.CountAsync(default); }")]
    public Task A_handler_that_does_not_wait(string members) => Verify<ResultAnalyzer>.VerifyAnalyzerAsync(Handler(members), Contract);

    [Theory]
    [InlineData("using var tx = db.BeginTransaction(); await {|TT703:mail.SendAsync(id)|}; tx.Commit();")]
    [InlineData("using (var tx = db.BeginTransaction()) { if (id != default) { await {|TT703:mail.SendAsync(id)|}; } await tx.CommitAsync(); }")]
    [InlineData("using var scope = new System.Transactions.TransactionScope(); await {|TT703:mail.Remote.SendAsync(id)|}; scope.Complete();")]
    [InlineData("using var one = db.BeginTransaction(); one.Commit(); using var two = db.BeginTransaction(); await {|TT703:mail.SendAsync(id)|}; two.Commit();")]
    [InlineData("using var tx = db.BeginTransaction(); await {|TT703:mail.EnqueueManyAsync(new[] { MailTasks.Send(id) })|}; tx.Commit();")]
    [InlineData("using var tx = db.BeginTransaction(); await {|TT703:canvas.EnqueueAsync(Canvas.Chain(MailTasks.Count(id)).Then(MailTasks.Send(id)))|}; tx.Commit();")]
    [InlineData("using var tx = db.BeginTransaction(); var chain = Canvas.Chain(MailTasks.Count(id)); tx.Commit(); await canvas.EnqueueAsync(chain);")]
    [InlineData("using var tx = db.BeginTransaction(); tx.Commit(); await mail.SendAsync(id);")]
    [InlineData("await mail.SendAsync(id); using var tx = db.BeginTransaction(); tx.Commit();")]
    [InlineData("using var tx = db.BeginTransaction(); if (id == default) { tx.Rollback(); await mail.SendAsync(id); return; } tx.Commit();")]
    [InlineData("using var tx = db.BeginTransaction(); try { tx.Commit(); } catch { await mail.SendAsync(id); }")]
    [InlineData("using var tx = db.BeginTransaction(); Func<Task> later = async () => await mail.SendAsync(id); tx.Commit(); await later();")]
    [InlineData("var tx = db.BeginTransaction(); await mail.SendAsync(id);")]
    public Task Transactions(string body) => Verify<TransactionAnalyzer>.VerifyAnalyzerAsync(Client($"async Task M(System.Data.Common.DbConnection db) {{ {body} }}"), Contract);

    [Theory]
    [InlineData("EnqueueOptions M() => EnqueueOptions.At({|TT707:DateTime.Now|}.AddHours(1));")]
    [InlineData("EnqueueOptions M() => EnqueueOptions.At({|TT707:DateTime.Today|}.AddDays(1).AddHours(8));")]
    [InlineData("EnqueueOptions M() => EnqueueOptions.At({|TT707:new DateTime(2026, 3, 1, 8, 0, 0)|});")]
    [InlineData("EnqueueOptions M() => new() { NotBefore = {|TT707:DateTime.Now|}.AddHours(1), Deadline = new DateTimeOffset({|TT707:DateTime.Now|}) };")]
    [InlineData("EnqueueOptions M(DateTime due) => EnqueueOptions.In(due - {|TT707:DateTime.Now|});")]
    [InlineData("EnqueueOptions M() => EnqueueOptions.At(DateTime.UtcNow.AddHours(1));")]
    [InlineData("EnqueueOptions M() => EnqueueOptions.At(DateTimeOffset.Now.AddHours(1));")]
    [InlineData("EnqueueOptions M() => EnqueueOptions.At(new DateTime(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc));")]
    [InlineData("EnqueueOptions M(TimeSpan offset) => EnqueueOptions.At(new DateTimeOffset(new DateTime(2026, 3, 1), offset));")]
    [InlineData("EnqueueOptions M(TimeProvider time) => EnqueueOptions.At(time.GetUtcNow()) with { Headers = null };")]
    [InlineData("string M() => DateTime.Now.ToString(System.Globalization.CultureInfo.InvariantCulture);")]
    public Task Schedules(string member) => Verify<ScheduleAnalyzer>.VerifyAnalyzerAsync(Client(member), Contract);

    [Theory]
    [InlineData("public class Other { public ValueTask M(Worker worker) => {|TT706:worker.SendAsync(default, default)|}; }")]
    [InlineData("public class Other { public ValueTask M() => {|TT706:new Worker(null!, null!).SendAsync(default, default)|}; }")]
    [InlineData("public class Other { public ValueTask M(IMail mail) => mail.SendAsync(default); }")]
    [InlineData("public class Other { public void M(Worker worker) => worker.Plain(); }")]
    [InlineData("public class Decorator(Worker worker) : IMail { public ValueTask SendAsync(Guid id, CancellationToken token) => worker.SendAsync(id, token); public ValueTask<int> CountAsync(Guid id) => worker.CountAsync(id); public ValueTask<Guid> FindAsync(int number) => default; public ValueTask<int> FarAsync(Guid id) => default; public ValueTask<int> ForgetAsync(Guid id) => default; }")]
    public Task Direct_calls(string other) => Verify<DirectCallAnalyzer>.VerifyAnalyzerAsync(
        Handler("public async ValueTask SendAsync(Guid id, CancellationToken cancellationToken) { await CountAsync(id); await mail.SendAsync(id); } public void Plain() { }"), Contract, other);

    [Theory]
    [InlineData("await mail.SendAsync(each);", "by EnqueueManyAsync")]
    [InlineData("await canvas.EnqueueAsync(Canvas.Chain(MailTasks.Send(each)));", "as one Canvas.Group")]
    public async Task A_loop_is_told_what_enqueues_all_at_once(string body, string instead) => Assert.EndsWith(
        $"enqueue all at once {instead}",
        Assert.Single(await Verify<EnqueueAnalyzer>.MessagesAsync(TestCode.Files(Client($"async Task M(Guid[] ids) {{ foreach (var each in ids) {{ {body} }} }}"), Contract))),
        StringComparison.Ordinal);

    [Fact]
    public Task It_is_awaited() => Verify<EnqueueAnalyzer, AwaitFix>.VerifyCodeFixAsync(
        TestCode.Files(
            Client("""
                async Task M()
                    {
                        // first
                        mail.SendAsync(id); // now
                        _ = mail.SendAsync(id).AsTask();
                        var never = mail.SendAsync(id);
                    }
                """),
            Contract),
        [
            Client("""
                async Task M()
                    {
                        // first
                        await mail.SendAsync(id); // now
                        await mail.SendAsync(id).AsTask();
                        var never = await mail.SendAsync(id);
                    }
                """),
        ]);

    [Theory]
    [InlineData("void M() { mail.SendAsync(id); }")]
    [InlineData("async Task M() { new List<Guid>().ForEach(each => mail.SendAsync(each)); await Task.Yield(); }")]
    public Task Where_nothing_can_be_awaited_nothing_is_offered(string member) => Verify<EnqueueAnalyzer, AwaitFix>.VerifyNoCodeFixAsync(TestCode.Files(Client(member), Contract));

    [Fact]
    public Task It_is_enqueued_after_the_commit() => Verify<TransactionAnalyzer, AfterCommitFix>.VerifyCodeFixAsync(
        TestCode.Files(
            Client("""
                async Task M(System.Data.Common.DbConnection db)
                    {
                        using var tx = db.BeginTransaction();
                        // ship it
                        await mail.SendAsync(id); // at once
                        tx.Commit();
                        Console.WriteLine();
                    }
                """),
            Contract),
        [
            Client("""
                async Task M(System.Data.Common.DbConnection db)
                    {
                        using var tx = db.BeginTransaction();
                        tx.Commit();
                        // ship it
                        await mail.SendAsync(id); // at once
                        Console.WriteLine();
                    }
                """),
        ]);

    [Fact]
    public Task What_uses_the_handle_is_not_moved() => Verify<TransactionAnalyzer, AfterCommitFix>.VerifyNoCodeFixAsync(
        TestCode.Files(Client("async Task M(System.Data.Common.DbConnection db) { using var tx = db.BeginTransaction(); var handle = await mail.SendAsync(id); tx.Commit(); }"), Contract));

    [Fact]
    public Task Now_becomes_utc() => Verify<ScheduleAnalyzer, UtcNowFix>.VerifyCodeFixAsync(
        TestCode.Files(Client("EnqueueOptions M() => EnqueueOptions.At(DateTime.Now /* here */ .AddHours(1)) with { Deadline = DateTime.Now.AddHours(2) };"), Contract),
        [Client("EnqueueOptions M() => EnqueueOptions.At(DateTime.UtcNow /* here */ .AddHours(1)) with { Deadline = DateTime.UtcNow.AddHours(2) };")]);

    [Theory]
    [InlineData("EnqueueOptions M(DateTime due) => EnqueueOptions.In(due - DateTime.Now);")]
    [InlineData("EnqueueOptions M() => EnqueueOptions.At(DateTime.Today.AddDays(1));")]
    public Task What_is_meant_is_not_known(string member) => Verify<ScheduleAnalyzer, UtcNowFix>.VerifyNoCodeFixAsync(TestCode.Files(Client(member), Contract));

    private static string Client(string member) => $$"""
        public class Client(ITaskClient<IMail> mail, ITaskCanvas canvas, Guid id)
        {
            {{member}}

            public override string ToString() => $"{mail}{canvas}{id}";
        }
        """;

    private static string Handler(string members) => $$"""
        public class Worker(ITaskClient<IMail> mail, ITaskCanvas canvas) : IMail
        {
            {{members}}

            public ValueTask<int> CountAsync(Guid message) => new(1);

            public ValueTask<Guid> FindAsync(int number) => default;

            public ValueTask<int> FarAsync(Guid message) => new(1);

            public ValueTask<int> ForgetAsync(Guid message) => new(1);

            public override string ToString() => $"{mail}{canvas}";
        }
        """;
}
