using TypedTasks.Analyzers.Idempotency;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.CodeFixes.Idempotency;
using TypedTasks.CodeFixes.Reliability;

namespace TypedTasks.Analyzers.Tests.Idempotency;

/// <summary>What the fixes make of handlers.</summary>
public sealed class EffectFixTests
{
    [Fact]
    public Task A_call_runs_once_per_task() => Verify<EffectAnalyzer, OnceFix>.VerifyCodeFixAsync(
        """
        using System.Net.Http;

        [TaskContract]
        public interface IOrders
        {
            [Task, Idempotent]
            Task CompleteAsync(Guid order, TaskContext context = null!);
        }

        public sealed class OrderWorker(HttpClient http) : IOrders
        {
            public async Task CompleteAsync(Guid order, TaskContext context)
            {
                // First the money.
                await {|TT410:http.PostAsync($"/orders/{order}/charge", null)|};
                await {|TT410:http.PostAsync($"/orders/{order}/ship", null)|}; // then the goods

                await {|TT410:http.PatchAsync("/done", null)|};
            }
        }
        """,
        """
        using System.Net.Http;

        [TaskContract]
        public interface IOrders
        {
            [Task, Idempotent]
            Task CompleteAsync(Guid order, TaskContext context = null!);
        }

        public sealed class OrderWorker(HttpClient http) : IOrders
        {
            public async Task CompleteAsync(Guid order, TaskContext context)
            {
                // First the money.
                await context.OnceAsync("post", async _ => { await http.PostAsync($"/orders/{order}/charge", null); });
                await context.OnceAsync("post-2", async _ => { await http.PostAsync($"/orders/{order}/ship", null); }); // then the goods

                await context.OnceAsync("patch", async _ => { await http.PatchAsync("/done", null); });
            }
        }
        """);

    [Theory]
    [InlineData("", "await http.PostAsync(\"/x\", null);")]
    [InlineData(", TaskContext context = null!", "foreach (char c in \"ab\") { await http.PostAsync(\"/x\", null); }")]
    [InlineData(", TaskContext context = null!", "HttpResponseMessage response = await http.PostAsync(\"/x\", null); response.EnsureSuccessStatusCode();")]
    public Task Without_a_context_in_a_loop_or_where_the_result_is_used_nothing_is_offered(string parameter, string body) => Verify<EffectAnalyzer, OnceFix>.VerifyNoCodeFixAsync($$"""
        using System.Net.Http;

        [TaskContract]
        public interface IOrders
        {
            [Task, Idempotent]
            Task CompleteAsync(Guid order{{parameter}});
        }

        public sealed class OrderWorker(HttpClient http) : IOrders
        {
            public async Task CompleteAsync(Guid order{{parameter}})
            {
                {{body}}
            }
        }
        """);

    [Fact]
    public Task Keys_get_the_name_of_their_effect() => Verify<EffectAnalyzer, ScopeKeyFix>.VerifyCodeFixAsync(
        """
        using System.Net.Mail;

        [TaskContract]
        public interface IOrders
        {
            [Task, Idempotent]
            Task CompleteAsync(string order, TaskContext context = null!);
        }

        public sealed class OrderWorker(SmtpClient smtp) : IOrders
        {
            public async Task CompleteAsync(string order, TaskContext context)
            {
                await context.OnceAsync(order, ChargeAsync);
                await context.OnceAsync(order, async token => await smtp.SendMailAsync("a", "b", "c", "d", token));
                await context.OnceAsync($"o:{order}", ChargeAsync);
                await context.OnceAsync($"o:{order}", RefundAsync);
            }

            private static ValueTask ChargeAsync(CancellationToken cancellationToken) => default;

            private static ValueTask RefundAsync(CancellationToken cancellationToken) => default;
        }
        """,
        """
        using System.Net.Mail;

        [TaskContract]
        public interface IOrders
        {
            [Task, Idempotent]
            Task CompleteAsync(string order, TaskContext context = null!);
        }

        public sealed class OrderWorker(SmtpClient smtp) : IOrders
        {
            public async Task CompleteAsync(string order, TaskContext context)
            {
                await context.OnceAsync(order, ChargeAsync);
                await context.OnceAsync($"send-mail:{order}", async token => await smtp.SendMailAsync("a", "b", "c", "d", token));
                await context.OnceAsync($"o:{order}", ChargeAsync);
                await context.OnceAsync($"refund:o:{order}", RefundAsync);
            }

            private static ValueTask ChargeAsync(CancellationToken cancellationToken) => default;

            private static ValueTask RefundAsync(CancellationToken cancellationToken) => default;
        }
        """);

    [Fact]
    public Task A_key_that_is_new_in_every_attempt_becomes_a_name() => Verify<EffectAnalyzer, ScopeKeyFix>.VerifyCodeFixAsync(Scope("$\"{order}:{context.Attempt}\""), Scope("\"charge\""));

    private static string Scope(string key) => $$"""
        [TaskContract]
        public interface IOrders
        {
            [Task, Idempotent]
            Task CompleteAsync(string order, TaskContext context = null!);
        }

        public sealed class OrderWorker : IOrders
        {
            public async Task CompleteAsync(string order, TaskContext context) => await context.OnceAsync({{key}}, ChargeAsync);

            private static ValueTask ChargeAsync(CancellationToken cancellationToken) => default;
        }
        """;

    [Fact]
    public Task Discarded_tasks_are_awaited() => Verify<EffectAnalyzer, AwaitFix>.VerifyCodeFixAsync(
        """
        using System.Net.Http;

        [TaskContract]
        public interface ISearch
        {
            [Task, Idempotent]
            Task IndexAsync(Guid document);
        }

        public sealed class SearchWorker(HttpClient http) : ISearch
        {
            public async Task IndexAsync(Guid document)
            {
                // Soon.
                _ = http.GetAsync($"/a/{document}");
                var lost = http.GetAsync("/b").ConfigureAwait(false); // later
                http.GetAsync("/c");
                await Task.Yield();
            }
        }
        """,
        """
        using System.Net.Http;

        [TaskContract]
        public interface ISearch
        {
            [Task, Idempotent]
            Task IndexAsync(Guid document);
        }

        public sealed class SearchWorker(HttpClient http) : ISearch
        {
            public async Task IndexAsync(Guid document)
            {
                // Soon.
                await http.GetAsync($"/a/{document}");
                await http.GetAsync("/b").ConfigureAwait(false); // later
                await http.GetAsync("/c");
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task What_is_not_asynchronous_cannot_await() => Verify<EffectAnalyzer, AwaitFix>.VerifyNoCodeFixAsync("""
        using System.Net.Http;

        [TaskContract]
        public interface ISearch
        {
            [Task, Idempotent]
            Task IndexAsync(Guid document);
        }

        public sealed class SearchWorker(HttpClient http) : ISearch
        {
            public Task IndexAsync(Guid document)
            {
                _ = http.GetAsync($"/a/{document}");
                return Task.CompletedTask;
            }
        }
        """);

    [Fact]
    public Task A_failure_is_thrown_again() => Verify<EffectAnalyzer, RethrowFix>.VerifyCodeFixAsync(
        """
        using System.Net.Http;

        [TaskContract]
        public interface ISearch
        {
            [Task, Idempotent]
            Task IndexAsync(Guid document);

            [Task, Idempotent]
            Task DropAsync(Guid document);
        }

        public sealed class SearchWorker(HttpClient http) : ISearch
        {
            public async Task IndexAsync(Guid document)
            {
                try
                {
                    await http.PutAsync($"/index/{document}", null);
                }
                catch (Exception e)
                {
                    Console.WriteLine(e); // for the log
                }
            }

            public async Task DropAsync(Guid document)
            {
                try
                {
                    await http.DeleteAsync($"/index/{document}");
                }
                catch
                {
                    return;
                }
            }
        }
        """,
        """
        using System.Net.Http;

        [TaskContract]
        public interface ISearch
        {
            [Task, Idempotent]
            Task IndexAsync(Guid document);

            [Task, Idempotent]
            Task DropAsync(Guid document);
        }

        public sealed class SearchWorker(HttpClient http) : ISearch
        {
            public async Task IndexAsync(Guid document)
            {
                try
                {
                    await http.PutAsync($"/index/{document}", null);
                }
                catch (Exception e)
                {
                    Console.WriteLine(e); // for the log
                    throw;
                }
            }

            public async Task DropAsync(Guid document)
            {
                try
                {
                    await http.DeleteAsync($"/index/{document}");
                }
                catch
                {
                    throw;
                }
            }
        }
        """);

    [Theory]
    [InlineData(0, "[Idempotent(Key = nameof(order))]")]
    [InlineData(1, "[AtMostOnce]")]
    public Task What_a_second_delivery_does_is_declared(int choice, string attribute) => Verify<EffectAnalyzer, DeclareRedeliveryFix>.VerifyCodeFixAsync(
        TestCode.Files(
            """
            [TaskContract]
            public interface IOrders
            {
                // The money.
                [Task]
                Task ChargeAsync(Guid order);

                [Task, Idempotent]
                Task OtherAsync(Guid order);
            }
            """,
            "using System.Net.Http; public sealed class OrderWorker(HttpClient http) : IOrders { public Task ChargeAsync(Guid order) => http.PostAsync($\"/{order}\", null); public Task OtherAsync(Guid order) => Task.CompletedTask; }"),
        [
            $$"""
            [TaskContract]
            public interface IOrders
            {
                // The money.
                [Task]
                {{attribute}}
                Task ChargeAsync(Guid order);

                [Task, Idempotent]
                Task OtherAsync(Guid order);
            }
            """,
        ],
        action: choice == 0 ? 0 : 2);

    [Fact]
    public Task What_could_be_idempotent_is_declared_so() => Verify<EffectAnalyzer, DeclareRedeliveryFix>.VerifyCodeFixAsync(
        "[TaskContract] public interface IOrders { [Task] Task TouchAsync(Guid order); }\n\npublic sealed class OrderWorker : IOrders { public Task TouchAsync(Guid order) => System.IO.File.WriteAllTextAsync($\"{order}\", \"x\"); }\n",
        "[TaskContract] public interface IOrders { [Task] [Idempotent] Task TouchAsync(Guid order); }\n\npublic sealed class OrderWorker : IOrders { public Task TouchAsync(Guid order) => System.IO.File.WriteAllTextAsync($\"{order}\", \"x\"); }\n");

    [Fact]
    public async Task A_key_is_offered_where_there_is_an_id()
    {
        const string Worker = "using System.Net.Http; public sealed class OrderWorker(HttpClient http) : IOrders { public Task ChargeAsync(decimal amount) => http.PostAsync(\"/\", null); }";
        Assert.Equal(
            ["Declare the task idempotent, and mend what is not", "Declare that the task runs at most once"],
            await Verify<EffectAnalyzer, DeclareRedeliveryFix>.TitlesAsync(TestCode.Files(Worker, "[TaskContract] public interface IOrders { [Task] Task ChargeAsync(decimal amount); }")));
    }
}
