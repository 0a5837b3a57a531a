using Microsoft.CodeAnalysis;
using TypedTasks.Analyzers.Routing;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests.Routing;

/// <summary>TT110, TT211 and TT212: what a host registers.</summary>
public sealed class HostAnalyzerTests
{
    private const string Contract = "[TaskContract] public interface IMail { [Task] Task SendAsync(int a); }";
    private const string Worker = "public class MailWorker : IMail { public Task SendAsync(int a) => Task.CompletedTask; }";

    [Theory]
    [InlineData("tasks.UseEmbedded().{|TT211:AddClient<IMail>|}()", "")]
    [InlineData("tasks.{|TT211:AddClient<IMail>|}()", "")]
    [InlineData("tasks.UseEmbedded().{|TT211:AddSchedule|}(\"hourly\", MailTasks.Send(1), TaskSchedule.Every(TimeSpan.FromHours(1)))", "")]
    [InlineData("tasks.UseEmbedded().AddSchedule(\"hourly\", MailTasks.Send(1), TaskSchedule.Every(TimeSpan.FromHours(1)))", Worker)]
    [InlineData("tasks.UseEmbedded().AddClient<IMail>()", Worker)]
    [InlineData("tasks.UseEmbedded().AddClient<IMail>().AddWorker<IMail, Hidden.Private<int>>()", "public class Hidden { public class Private<T> : IMail { public Task SendAsync(int a) => Task.CompletedTask; } }")]
    [InlineData("tasks.UseEmbedded().AddWorker<IMail, MailWorker>()", Worker)]
    public Task A_client_needs_a_worker(string registration, string more) => Verify<HostAnalyzer>.VerifyAnalyzerAsync(
        $"new ServiceCollection().AddTypedTasks(tasks => {registration});", Contract, more);

    [Fact]
    public async Task With_a_broker_it_is_an_information()
    {
        TestCode code = TestCode.Files("new ServiceCollection().AddTypedTasks(tasks => tasks.UseEngine(\"far\", _ => null!).{|TT211:AddClient<IMail>|}());", Contract);
        await Verify<HostAnalyzer>.VerifyAnalyzerAsync(code);
        Diagnostic found = Assert.Single(await Analysis.RunAsync(Compilations.Generate(code.Parse().Compilation), [new HostAnalyzer()]));
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
    }

    [Fact]
    public Task A_library_may_leave_the_worker_to_others() => Verify<HostAnalyzer>.VerifyAnalyzerAsync(
        "public static class Module { public static void Add(IServiceCollection services) => services.AddTypedTasks(tasks => tasks.UseEmbedded().AddClient<IMail>()); }", Contract);

    [Fact]
    public Task A_reference_may_have_the_worker() => Verify<HostAnalyzer>.VerifyAnalyzerAsync(new TestCode
    {
        Sources = ["new ServiceCollection().AddTypedTasks(tasks => tasks.UseEmbedded().AddClient<IMail>());"],
        References = [Compilations.Reference("Mail", Contract, Worker)],
    });

    [Fact]
    public Task An_external_queue_has_its_workers_elsewhere() => Verify<HostAnalyzer>.VerifyAnalyzerAsync(
        "new ServiceCollection().AddTypedTasks(tasks => tasks.UseEmbedded().AddClient<IMail>());",
        "public static class Queues { [TaskQueue(External = true)] public const string Far = \"far\"; } [TaskContract(Queue = Queues.Far)] public interface IMail { [Task] Task SendAsync(int a); }");

    [Theory]
    [InlineData("tasks.AddWorker<IMail, MailWorker>().{|TT212:AddWorker<IMail, Other>|}();")]
    [InlineData("tasks.AddWorker<IMail, MailWorker>(); if (true) { } tasks.{|TT212:AddWorker<IMail, MailWorker>|}();")]
    [InlineData("if (Environment.Is64BitProcess) tasks.AddWorker<IMail, MailWorker>(); else tasks.AddWorker<IMail, Other>();")]
    [InlineData("if (Environment.Is64BitProcess) { tasks.AddWorker<IMail, MailWorker>(); return; } tasks.AddWorker<IMail, Other>();")]
    [InlineData("_ = Environment.Is64BitProcess ? tasks.AddWorker<IMail, MailWorker>() : tasks.AddWorker<IMail, Other>();")]
    [InlineData("switch (Environment.ProcessorCount) { case 1: tasks.AddWorker<IMail, MailWorker>(); break; default: tasks.AddWorker<IMail, Other>(); break; }")]
    [InlineData("tasks.AddWorker<IMail, MailWorker>().AddWorker<IPost, Other>();")]
    public Task One_worker_a_contract(string body) => Verify<HostAnalyzer>.VerifyAnalyzerAsync(
        $"public static class Module {{ public static void Add(TypedTasksBuilder tasks) {{ {body} }} }}",
        Contract,
        Worker,
        "[TaskContract] public interface IPost { [Task] Task PostAsync(int a); } public class Other : IMail, IPost { public Task SendAsync(int a) => Task.CompletedTask; public Task PostAsync(int a) => Task.CompletedTask; }");

    [Theory]
    [InlineData("public abstract class MailWorker : IMail { public abstract Task SendAsync(int a); }", "tasks.{|TT110:AddWorker<IMail, MailWorker>|}();")]
    [InlineData("public class MailWorker : IMail { internal MailWorker() { } public Task SendAsync(int a) => Task.CompletedTask; }", "tasks.{|TT110:AddWorker<IMail, MailWorker>|}();")]
    [InlineData("public interface MailWorker : IMail { }", "tasks.{|TT110:AddWorker<IMail, MailWorker>|}();")]
    [InlineData("public class MailWorker : IMail { internal MailWorker() { } public Task SendAsync(int a) => Task.CompletedTask; }", "tasks.Services.AddSingleton<MailWorker>(_ => null!); tasks.AddWorker<IMail, MailWorker>();")]
    [InlineData("public class MailWorker(string a) : IMail { public Task SendAsync(int b) => Task.FromResult(a); }", "tasks.AddWorker<IMail, MailWorker>();")]
    public Task The_container_makes_handlers(string worker, string body) => Verify<HostAnalyzer>.VerifyAnalyzerAsync(
        $"public static class Module {{ public static void Add(TypedTasksBuilder tasks) {{ {body} }} }}", Contract, worker);
}
