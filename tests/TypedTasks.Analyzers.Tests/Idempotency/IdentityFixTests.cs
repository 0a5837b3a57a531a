using TypedTasks.Analyzers.Idempotency;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.CodeFixes.Idempotency;

namespace TypedTasks.Analyzers.Tests.Idempotency;

/// <summary>The fixes of names that are new in every attempt, and of effects that are not declared.</summary>
public sealed class IdentityFixTests
{
    [Fact]
    public Task The_name_comes_from_the_task() => Verify<EffectAnalyzer, StableIdentityFix>.VerifyCodeFixAsync(
        Exports("""
            Guid name = Guid.NewGuid(); // new
            await File.WriteAllTextAsync($"{order}-{name}.json", "{}");
            await File.WriteAllTextAsync($"{order}-{/* when */ DateTimeOffset.UtcNow:O}.json", "{}");
            await File.WriteAllTextAsync(Path.Combine("exports", DateTime.UtcNow.Ticks + ".json"), "{}");
            """),
        Exports("""
            Guid name = context.Id.ToGuid(); // new
            await File.WriteAllTextAsync($"{order}-{name}.json", "{}");
            await File.WriteAllTextAsync($"{order}-{/* when */ context.EnqueuedAt:O}.json", "{}");
            await File.WriteAllTextAsync(Path.Combine("exports", context.EnqueuedAt.UtcDateTime.Ticks + ".json"), "{}");
            """));

    [Fact]
    public Task What_is_made_elsewhere_is_left() => Verify<EffectAnalyzer, StableIdentityFix>.VerifyNoCodeFixAsync(Exports("""
        await File.WriteAllTextAsync(Name(), "{}");
        """));

    [Fact]
    public Task The_effect_is_declared() => Verify<EffectAnalyzer, DeclareEffectFix>.VerifyCodeFixAsync(
        """
        using System.IO;
        using System.Net.Http;

        public class Billing(HttpClient http)
        {
            /// <summary>Charges.</summary>
            public Task ChargeAsync(Guid order) => http.PostAsync($"/orders/{order}", null);

            [Obsolete]
            public void Log(string line) => File.AppendAllText("log.txt", line);
        }
        """,
        """
        using System.IO;
        using System.Net.Http;

        public class Billing(HttpClient http)
        {
            /// <summary>Charges.</summary>
            [TaskEffect(TaskEffect.Send)]
            public Task ChargeAsync(Guid order) => http.PostAsync($"/orders/{order}", null);

            [Obsolete]
            [TaskEffect(TaskEffect.Append)]
            public void Log(string line) => File.AppendAllText("log.txt", line);
        }
        """);

    private static string Exports(string body) => $$"""
        using System.IO;

        [TaskContract]
        public interface IExports
        {
            [Task, Idempotent]
            Task ExportAsync(Guid order, TaskContext context = null!);
        }

        public sealed class ExportWorker : IExports
        {
            public async Task ExportAsync(Guid order, TaskContext context)
            {
                {{body.ReplaceLineEndings("\n        ")}}
            }

            private static string Name() => $"{Guid.NewGuid()}.json";
        }
        """;
}
