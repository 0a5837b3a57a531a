using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.Analyzers.Tests.Idempotency;

namespace TypedTasks.Analyzers.Tests;

/// <summary>Code as it stands while somebody types, in the places that the rules look at: no rule fails, and each comes to an end.</summary>
public sealed class MalformedTests
{
    private const string Contract = "[TaskContract] public interface IMail { [Task, Idempotent] Task SendAsync(Guid id, TaskContext context = null!); }";

    [Theory]
    [InlineData("[TaskContract] public interface IMail { [Task(Queue = , MaxAttempts = )] [Idempotent(Key = $\"{{id\")] Task SendAsync(Guid id, ); }")]
    [InlineData("[TaskContract(] public partial interface IMail : IMail, { [Task] Task SendAsync(Guid, string to ; }")]
    [InlineData("[TaskContract] public interface IMail { [Task(RetryOn = [typeof(), typeof(Missing<>), ])] Task SendAsync(Missing<Guid> id, params ); Task }")]
    [InlineData("[TaskContract] public interface IMail { [Task] Task SendAsync(Order order); } [MessagePackObject] public record Order([property: Key] Order Next, [property: Key(0)] Missing[] Lines, [Key(0)] ); [Union(0, typeof(Order))] [Union(, )] public abstract record Base(Order)")]
    [InlineData("public static class Queues { [TaskQueue] public const string A = A; [TaskQueue] public const string = \"a\"; [TaskQueue(Prefetch = Prefetch)] public static Mail; } [TaskContract(Queue = Queues.)] public interface IMail { [Task(Queue = nameof(Queues.))] Task SendAsync(); }")]
    [InlineData(Contract + " public class Worker( : IMail { public async Task SendAsync(Guid id, TaskContext context) { await context.OnceAsync($\"{id}:{\", async () => { await ; }); } }")]
    [InlineData(Contract + " public class Worker : IMail { public async Task SendAsync(Guid id, TaskContext context) { try { await context. } catch (Exception e) when ( { log } finally { ")]
    [InlineData(Contract + " public class Worker : Worker, IMail { public override Task SendAsync(Guid id, TaskContext context) => base.SendAsync(id, ; }")]
    [InlineData(Contract + " public abstract class Base<T> : IMail where T : Base<T> { public abstract Task SendAsync(Guid id, TaskContext context); } public class A : Base<A> { public override async Task SendAsync(Guid id, TaskContext context) { foreach (var (a, ) in ) { _ = Task.Run(async => } } } public class B : Base<")]
    [InlineData(Contract + " public interface IGo { Task GoAsync(); } public class A(IGo go) : IGo { public Task GoAsync() => go.GoAsync(); } public class B(IGo go) : IGo, { public Task GoAsync() => go.GoAsync() } public class Worker(IGo go) : IMail { public Task SendAsync(Guid id, TaskContext context) => go.GoAsync(); }")]
    [InlineData(Contract + " public class Checkout(ITaskClient<IMail> mail) { async Task M(System.Data.IDbConnection c) { using var tx = c.BeginTransaction(; await mail.EnqueueAsync(MailTasks.Send(Guid.NewGuid(), )); await mail.SendAsync(, EnqueueOptions.At(DateTime.Now.; tx.Commit( } }")]
    [InlineData(Contract + " public class Checkout(ITaskClient<> mail, ITaskClient<IMissing> other) { void M() { mail.SendAsync(); _ = other.InvokeAsync(); var h = await mail.Remote.; h.ResultAsync( } }")]
    [InlineData(Contract + " public class Checkout(ITaskCanvas canvas) { async Task M(TaskGroup<> group, TaskChain<Missing<int>> chain) { await canvas.EnqueueAsync(Canvas.Chain(MailTasks.).Then(MailTasks.SendLink().Then(, ).Join(JoinOn., MailTasks.SendLink) ; Canvas.Group([, .. MailTasks.SendLink(, chain?.Then(group)?.ThenGroup(.., new[] { , MailTasks.SendLink() }); group.Join(link: chain, when: ); Canvas.Chain(Canvas.Chain(Canvas.Chain( } }")]
    [InlineData(Contract + " public class Worker(ITaskCanvas canvas) : IMail { TaskChain<NoResult> chain = Canvas.Chain(MailTasks.Send(; public Task SendAsync(Guid id, TaskContext context) => canvas.EnqueueAsync(id == default ? chain.Then(MailTasks.Send(id)) : Canvas.Group(from each in new[] { id } select MailTasks.Send(, ThenGroup(chain.Then())")]
    [InlineData("new ServiceCollection().AddTypedTasks(tasks => tasks.AddWorker<IMail, >().AddClient<>().AddWorker<IMail>(w => w.Lifetime = ).; " + Contract)]
    [InlineData(Contract + " public class Worker : IMail { int n; public Task SendAsync(Guid id, TaskContext context) { while (true) { try { n++; return Go(Go(Go( ; } catch { } switch (n) { case 1 when Go is { : break; default } } Task Go(Task t) => Go(t); Task Go() => Go(Go()); } }")]
    [InlineData(Contract + " public class Worker(System.Net.Http.HttpClient http) : IMail { public Task SendAsync(Guid id, TaskContext context) => (http, id) switch { ({ } h, _) when h.PostAsync($\"/{id\", null) is { Result: var r } => r.Wait(, [.., var x] => Task.WaitAll(..), _ => throw };")]
    [InlineData(Contract + " file class Worker<T> : IMail where T : { Func<Task> f = async () => await f(); public unsafe Task SendAsync(Guid id, TaskContext context) { delegate*<void> p = &SendAsync; goto again; again: await foreach (var x in f) yield return x; return f?.Invoke(?.ConfigureAwait(; } }")]
    public async Task Half_a_program_is_survived(string source)
    {
        CSharpCompilation compilation = Compilations.Generate(Compilations.Create([Compilations.Parse($"using MessagePack;\n{source}", "Source0.cs")], more: [EffectCase.Libraries]));
        foreach (string baseline in new[] { "task mail.send\n  0 id guid", "task mail.send\n  0 id order\ntype order array\n  0" })
        {
            ImmutableArray<Diagnostic> found = await Analysis.RunAsync(compilation, Analysis.All, new Dictionary<string, string> { ["TaskContracts.txt"] = baseline });
            Analysis.AssertNoFailure(found, source);
        }
    }
}
