using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedTasks.Analyzers.Idempotency;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests.Idempotency;

/// <summary>TT442: what a library's methods do, and do not say.</summary>
public sealed class AnnotationReportTests
{
    private const string Library = """
        using System.IO;
        using System.Net.Http;

        public class Billing(HttpClient http)
        {
            public Task {|TT442:ChargeAsync|}(Guid order) => SendAsync($"/orders/{order}/charge");

            public void {|TT442:Log|}(string line) => File.AppendAllText("log.txt", line);

            public void Write(string all) => File.WriteAllText("all.txt", all);

            [TaskEffect(TaskEffect.Send)]
            public Task DeclaredAsync(Guid order) => SendAsync($"/orders/{order}/charge");

            internal Task HiddenAsync(Guid order) => SendAsync($"/orders/{order}/charge");

            private Task SendAsync(string path) => http.PostAsync(path, null);
        }

        public interface IAudit { Task WriteAsync(string line); }

        public class Audit : IAudit { public Task WriteAsync(string line) => File.AppendAllTextAsync("audit.txt", line); }

        internal class Inner { public Task WriteAsync(string line) => File.AppendAllTextAsync("audit.txt", line); }
        """;

    [Fact]
    public Task Public_methods_are_named() => Verify<EffectAnalyzer>.VerifyAnalyzerAsync(Library);

    /// <summary>Callers of a program's methods are in the program.</summary>
    [Fact]
    public Task A_program_has_none() => Verify<EffectAnalyzer>.VerifyAnalyzerAsync(new TestCode
    {
        Sources = ["using System.IO; public static class Program { public static void Main() => Log(\"\"); public static void Log(string line) => File.AppendAllText(\"log.txt\", line); }"],
        Output = OutputKind.ConsoleApplication,
    });

    [Fact]
    public async Task It_is_off_unless_asked_for()
    {
        (CSharpCompilation source, _, _) = ((TestCode)Library).Parse();
        Assert.Empty(await source
            .WithAnalyzers([new EffectAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken));
    }
}
