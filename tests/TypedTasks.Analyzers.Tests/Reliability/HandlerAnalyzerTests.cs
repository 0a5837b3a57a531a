using TypedTasks.Analyzers.Reliability;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.CodeFixes.Reliability;

namespace TypedTasks.Analyzers.Tests.Reliability;

/// <summary>TT503 to TT505: handlers that hold a thread, or do not hear that they should stop.</summary>
public sealed class HandlerAnalyzerTests
{
    [Theory]
    [InlineData("public async Task RunAsync(Guid id, CancellationToken {|TT503:token|}) { await Task.Delay(1, CancellationToken.None); }")]
    [InlineData("async Task IJobs.RunAsync(Guid id, CancellationToken {|TT503:token|}) { await Task.Yield(); }")]
    [InlineData("public async Task RunAsync(Guid id, CancellationToken token) { await Task.Delay(1, token); }")]
    [InlineData("public async Task RunAsync(Guid id, CancellationToken token) { await Task.Run(() => token.ThrowIfCancellationRequested()); }")]
    [InlineData("public Task RunAsync(Guid id, CancellationToken token) => Task.CompletedTask;")]
    [InlineData("public Task RunAsync(Guid id, CancellationToken token) { {|TT505:Thread.Sleep(1)|}; return Task.CompletedTask; }")]
    [InlineData("public Task RunAsync(Guid id, CancellationToken token) { Console.Write({|TT504:GetAsync().Result|}); return Task.CompletedTask; }")]
    [InlineData("public Task RunAsync(Guid id, CancellationToken token) { {|TT504:GetAsync().Wait()|}; return Task.CompletedTask; }")]
    [InlineData("public Task RunAsync(Guid id, CancellationToken token) { {|TT504:GetAsync().GetAwaiter().GetResult()|}; return Task.CompletedTask; }")]
    [InlineData("public Task RunAsync(Guid id, CancellationToken token) { var task = GetAsync(); Console.Write({|TT504:task.Result|}); return Task.CompletedTask; }")]
    [InlineData("public async Task RunAsync(Guid id, CancellationToken token) { var a = GetAsync(); var b = GetAsync(); await Task.WhenAll(a, b).WaitAsync(token); Console.Write(a.Result + b.Result); }")]
    [InlineData("public Task RunAsync(Guid id, CancellationToken token) { var task = GetAsync(); if (task.IsCompletedSuccessfully) { Console.Write(task.Result); } return task; }")]
    [InlineData("public Task RunAsync(Guid id, CancellationToken token) => Task.CompletedTask; void Plain() { Thread.Sleep(1); GetAsync().Wait(); }")]
    public Task Reports(string member) => Verify<HandlerAnalyzer>.VerifyAnalyzerAsync(
        "[TaskContract] public interface IJobs { [Task] Task RunAsync(Guid id, CancellationToken token); }",
        $"public class Jobs : IJobs {{ {member} private static Task<int> GetAsync() => Task.FromResult(1); public override string ToString() => GetAsync().ToString()!; }}");

    [Fact]
    public Task A_thread_of_its_own_may_be_blocked() => Verify<HandlerAnalyzer>.VerifyAnalyzerAsync(
        "[TaskContract] public interface IJobs { [Task(Execution = TaskExecution.Dedicated)] Task RunAsync(Guid id); }",
        "public class Jobs : IJobs { public Task RunAsync(Guid id) { Thread.Sleep(1); Task.Delay(1).Wait(); return Task.CompletedTask; } }");

    [Fact]
    public Task What_blocks_is_awaited() => Verify<HandlerAnalyzer, UnblockFix>.VerifyCodeFixAsync(
        """
        [TaskContract] public interface IJobs { [Task] Task RunAsync(Guid id, CancellationToken token); }

        public class Jobs : IJobs
        {
            public async Task RunAsync(Guid id, CancellationToken token)
            {
                token.ThrowIfCancellationRequested();
                Thread.Sleep(5_000); // a while
                var first = GetAsync().Result;
                Console.Write(GetAsync().Result.ToString() + GetAsync().GetAwaiter().GetResult());
                /* then */ GetAsync().Wait();
                Task.WaitAll(new[] { GetAsync(), GetAsync() });
                GetAsync().ConfigureAwait(false).GetAwaiter().GetResult();
                await Task.Yield();
            }

            private static Task<int> GetAsync() => Task.FromResult(1);
        }
        """,
        """
        [TaskContract] public interface IJobs { [Task] Task RunAsync(Guid id, CancellationToken token); }

        public class Jobs : IJobs
        {
            public async Task RunAsync(Guid id, CancellationToken token)
            {
                token.ThrowIfCancellationRequested();
                await Task.Delay(5_000, token); // a while
                var first = await GetAsync();
                Console.Write((await GetAsync()).ToString() + await GetAsync());
                /* then */ await GetAsync();
                await Task.WhenAll(new[] { GetAsync(), GetAsync() });
                await GetAsync().ConfigureAwait(false);
                await Task.Yield();
            }

            private static Task<int> GetAsync() => Task.FromResult(1);
        }
        """);

    [Theory]
    [InlineData("public Task RunAsync(Guid id) { Thread.Sleep(1); return Task.CompletedTask; }")]
    [InlineData("public async Task RunAsync(Guid id) { await Task.Yield(); lock (this) { Thread.Sleep(1); } }")]
    public Task Where_nothing_can_be_awaited_nothing_is_offered(string member) => Verify<HandlerAnalyzer, UnblockFix>.VerifyNoCodeFixAsync(
        $"[TaskContract] public interface IJobs {{ [Task] Task RunAsync(Guid id); }} public class Jobs : IJobs {{ {member} }}");

    [Fact]
    public Task The_token_is_passed_on() => Verify<HandlerAnalyzer, PassTokenFix>.VerifyCodeFixAsync(
        Imports("""
            string text = await http.GetStringAsync(file, CancellationToken.None); // all of it
            await StoreAsync(text);
            await StoreAsync(text, isLast: true);
            await Task.Delay(TimeSpan.FromSeconds(await CountAsync(text)));
            try
            {
                await StoreAsync(text, false, default);
            }
            finally
            {
                await StoreAsync(text);
            }
            """),
        Imports("""
            string text = await http.GetStringAsync(file, stop); // all of it
            await StoreAsync(text, token: stop);
            await StoreAsync(text, isLast: true, token: stop);
            await Task.Delay(TimeSpan.FromSeconds(await CountAsync(text, stop)), stop);
            try
            {
                await StoreAsync(text, false, stop);
            }
            finally
            {
                await StoreAsync(text);
            }
            """));

    [Fact]
    public Task Nothing_takes_the_token() => Verify<HandlerAnalyzer, PassTokenFix>.VerifyNoCodeFixAsync(Imports("await Task.Yield();"));

    private static string Imports(string body) => $$"""
        [TaskContract] public interface IImports { [Task] Task ImportAsync(Uri file, CancellationToken token); }

        public class Importer(System.Net.Http.HttpClient http) : IImports
        {
            public async Task ImportAsync(Uri file, CancellationToken stop)
            {
                {{body.ReplaceLineEndings("\n        ")}}
            }

            private static Task StoreAsync(string text, bool isLast = false, CancellationToken token = default) => Task.FromResult((text, isLast, token));

            private static Task<int> CountAsync(string text) => Task.FromResult(text.Length);

            private static Task<int> CountAsync(string text, CancellationToken token) => Task.FromResult(text.Length);

            public override string ToString() => http.ToString()!;
        }
        """;
}
