using TypedTasks.Analyzers.Idempotency;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.CodeFixes.Idempotency;

namespace TypedTasks.Analyzers.Tests.Idempotency;

/// <summary>TT433 to TT435: keys that are valid, and do not recognise what they should.</summary>
public sealed class KeyAnalyzerTests
{
    [Theory]
    [InlineData("{|TT433:\"{a}:{sentAt}\"|}", "int a, DateTimeOffset sentAt")]
    [InlineData("{|TT433:\"{a}:{call.TraceId}\"|}", "int a, Call call")]
    [InlineData("{|TT433:nameof(timestamp)|}", "long timestamp")]
    [InlineData("{|TT434:\"{amount}\"|}", "double amount")]
    [InlineData("{|TT434:\"{a}:{amount}\"|}", "int a, float? amount")]
    [InlineData("{|TT435:\"{a}{b}\"|}", "int a, int b")]
    [InlineData("{|TT435:\"x{a}{b}{c}\"|}", "Guid a, string b, string c")]
    [InlineData("\"{a}:{b}\"", "int a, int b")]
    [InlineData("\"{a}{b}\"", "Guid a, int b")]
    [InlineData("\"{a}{b}\"", "int a, Guid b")]
    [InlineData("\"{a}{{{b}\"", "int a, int b")]
    [InlineData("\"{tenant}:{dueDate}\"", "Guid tenant, DateTime dueDate")]
    [InlineData("\"{requestId}\"", "Guid requestId, decimal amount")]
    public Task Keys(string key, string parameters) => Verify<KeyAnalyzer>.VerifyAnalyzerAsync(
        $"public record Call(Guid TraceId); [TaskContract] public interface IJobs {{ [Task, Idempotent(Key = {key})] Task RunAsync({parameters}); }}");

    [Fact]
    public Task Keys_are_mended() => Verify<KeyAnalyzer, KeyTemplateFix>.VerifyCodeFixAsync(
        """
        [TaskContract]
        public interface IJobs
        {
            [Task, Idempotent(Key = "{a}:{sentAt}")] Task AAsync(int a, DateTimeOffset sentAt);
            [Task, Idempotent(Key = "{now}-{a}" /* why */)] Task BAsync(int a, DateTimeOffset now);
        }
        """,
        """
        [TaskContract]
        public interface IJobs
        {
            [Task, Idempotent(Key = "{a}")] Task AAsync(int a, DateTimeOffset sentAt);
            [Task, Idempotent(Key = "{a}" /* why */)] Task BAsync(int a, DateTimeOffset now);
        }
        """);

    [Fact]
    public Task Parts_are_separated() => Verify<KeyAnalyzer, KeyTemplateFix>.VerifyCodeFixAsync(
        "[TaskContract] public interface IJobs { [Task, Idempotent(Key = \"{a}{b}{c}\")] Task RunAsync(int a, int b, int c); }",
        "[TaskContract] public interface IJobs { [Task, Idempotent(Key = \"{a}:{b}:{c}\")] Task RunAsync(int a, int b, int c); }");

    [Fact]
    public Task A_key_of_nothing_but_time_is_not_emptied() =>
        Verify<KeyAnalyzer, KeyTemplateFix>.VerifyNoCodeFixAsync("[TaskContract] public interface IJobs { [Task, Idempotent(Key = \"{now}\")] Task RunAsync(int a, DateTimeOffset now); }");
}
