using TypedTasks.Analyzers.Reliability;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.CodeFixes.Reliability;

namespace TypedTasks.Analyzers.Tests.Reliability;

/// <summary>TT507 and TT512: stops that look like failures, and retries within retries.</summary>
public sealed class FailureAnalyzerTests
{
    [Theory]
    [InlineData("try { await Task.Delay(1, token); } catch {|TT507:(Exception e)|} { throw new InvalidOperationException(\"x\", e); }")]
    [InlineData("try { await Task.Delay(1, token); } {|TT507:catch|} { throw new InvalidOperationException(); }")]
    [InlineData("try { await Task.Delay(1, token); } catch (TimeoutException) { } catch {|TT507:(Exception)|} { Console.Write(1); throw new InvalidOperationException(); }")]
    [InlineData("try { await Task.Delay(1); } catch (Exception e) { throw new InvalidOperationException(\"x\", e); }")]
    [InlineData("try { await Task.Delay(1, token); } catch (Exception) { throw; }")]
    [InlineData("try { await Task.Delay(1, token); } catch (Exception e) { Console.Write(e); throw e; }")]
    [InlineData("try { await Task.Delay(1, token); } catch (Exception e) when (e is not OperationCanceledException) { throw new InvalidOperationException(\"x\", e); }")]
    [InlineData("try { await Task.Delay(1, token); } catch (TaskCanceledException) { throw; } catch (Exception e) { throw new InvalidOperationException(\"x\", e); }")]
    [InlineData("try { await Task.Delay(1, token); } catch (Exception e) { token.ThrowIfCancellationRequested(); throw new InvalidOperationException(\"x\", e); }")]
    [InlineData("try { await Task.Delay(1, token); } catch (Exception e) { if (e is OperationCanceledException) { throw; } throw new InvalidOperationException(\"x\", e); }")]
    [InlineData("try { await Task.Delay(1, token); } catch (Exception) { throw TaskContext.Snooze(TimeSpan.FromMinutes(1)); }")]
    [InlineData("try { await Task.Delay(1, token); } catch (TimeoutException e) { throw new InvalidOperationException(\"x\", e); }")]
    [InlineData("{|TT512:for|} (int i = 0; i < 3; i++) { try { await Task.Delay(1); break; } catch (TimeoutException) { } }")]
    [InlineData("{|TT512:while|} (true) { try { await Task.Delay(1); return; } catch { await Task.Delay(2); } }")]
    [InlineData("int i = 0; {|TT512:do|} { try { await Task.Delay(1); return; } catch (Exception) { if (i > 2) { throw; } } } while (i++ < 3);")]
    [InlineData("foreach (char c in \"ab\") { try { await Task.Delay(c); break; } catch (TimeoutException) { } }")]
    [InlineData("for (int i = 0; i < 3; i++) { try { await Task.Delay(1); } catch (TimeoutException) { Console.Write(i); } }")]
    [InlineData("for (int i = 0; i < 3; i++) { try { await Task.Delay(1); break; } catch (TimeoutException) { throw; } }")]
    [InlineData("for (int i = 0; i < 3; i++) { try { await Task.Delay(1); break; } finally { Console.Write(i); } }")]
    [InlineData("await Task.Yield(); for (int i = 0; i < 3; i++) { try { Console.Write(i); break; } catch (TimeoutException) { } }")]
    [InlineData("for (int i = 0; i < 3; i++) { try { await Task.Delay(1); foreach (char c in \"ab\") { break; } } catch (TimeoutException) { } }")]
    public Task Reports(string body) => Verify<FailureAnalyzer>.VerifyAnalyzerAsync(
        "[TaskContract] public interface IJobs { [Task] Task RunAsync(Guid id, CancellationToken token); }",
        $"public class Jobs : IJobs {{ public async Task RunAsync(Guid id, CancellationToken token) {{ {body} }} }}");

    [Theory]
    [InlineData("[Task(MaxAttempts = 1)]")]
    [InlineData("[Task, AtMostOnce]")]
    public Task What_is_tried_once_may_retry(string attributes) => Verify<FailureAnalyzer>.VerifyAnalyzerAsync(
        $"[TaskContract] public interface IJobs {{ {attributes} Task RunAsync(); }} public class Jobs : IJobs {{ public async Task RunAsync() {{ while (true) {{ try {{ await Task.Delay(1); return; }} catch {{ }} }} }} }}");

    [Fact]
    public Task Only_handlers_are_read() => Verify<FailureAnalyzer>.VerifyAnalyzerAsync(
        "public class Plain { public async Task RunAsync(CancellationToken token) { while (true) { try { await Task.Delay(1, token); return; } catch { throw new InvalidOperationException(); } } } }");

    [Theory]
    [InlineData("private readonly ResiliencePipeline _policy = new ResiliencePipelineBuilder().AddRetry(new()).Build();", true)]
    [InlineData("private ResiliencePipeline _policy => new ResiliencePipelineBuilder().AddRetry(new()).Build();", true)]
    [InlineData("private readonly ResiliencePipeline _policy; public Jobs() { this._policy = new ResiliencePipelineBuilder().AddRetry(new()).Build(); }", true)]
    [InlineData("private readonly AsyncRetryPolicy _policy; public Jobs(AsyncRetryPolicy policy) { _policy = policy; }", true)]
    [InlineData("private readonly ResiliencePipeline _policy = new ResiliencePipelineBuilder().AddTimeout(TimeSpan.FromSeconds(1)).Build();", false)]
    [InlineData("private readonly ResiliencePipeline _policy; public Jobs(ResiliencePipeline policy) { _policy = policy; }", false)]
    public Task A_policy_is_known_by_its_making(string policy, bool triesAgain)
    {
        string execute = triesAgain ? "{|TT512:_policy.ExecuteAsync|}" : "_policy.ExecuteAsync";
        string given = policy.Contains("AsyncRetryPolicy", StringComparison.Ordinal) ? "()" : "_";
        return Verify<FailureAnalyzer>.VerifyAnalyzerAsync(new TestCode
        {
            Sources =
            [
                "[TaskContract] public interface IJobs { [Task] Task RunAsync(); }",
                $"using Polly; using Polly.Retry; public class Jobs : IJobs {{ {policy} public async Task RunAsync() {{ await {execute}({given} => Task.FromResult(1){(given == "()" ? "" : ".AsValueTask()")}); }} }}",
                "internal static class Tasks { public static ValueTask<T> AsValueTask<T>(this Task<T> task) => new(task); }",
            ],
            References = [Idempotency.EffectCase.Libraries],
        });
    }

    [Fact]
    public Task The_stop_is_let_pass() => Verify<FailureAnalyzer, CancellationFilterFix>.VerifyCodeFixAsync(
        """
        [TaskContract] public interface IJobs { [Task] Task RunAsync(CancellationToken token); }

        public class Jobs : IJobs
        {
            public async Task RunAsync(CancellationToken token)
            {
                try
                {
                    await Task.Delay(1, token);
                }
                catch (Exception failure) // all
                {
                    throw new InvalidOperationException("x", failure);
                }

                try { await Task.Delay(1, token); } catch (Exception e) { throw new InvalidOperationException("x", e); }
            }
        }
        """,
        """
        [TaskContract] public interface IJobs { [Task] Task RunAsync(CancellationToken token); }

        public class Jobs : IJobs
        {
            public async Task RunAsync(CancellationToken token)
            {
                try
                {
                    await Task.Delay(1, token);
                }
                catch (Exception failure) when (failure is not OperationCanceledException) // all
                {
                    throw new InvalidOperationException("x", failure);
                }

                try { await Task.Delay(1, token); } catch (Exception e) when (e is not OperationCanceledException) { throw new InvalidOperationException("x", e); }
            }
        }
        """);
}
