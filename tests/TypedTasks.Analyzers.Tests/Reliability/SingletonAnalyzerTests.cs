using TypedTasks.Analyzers.Reliability;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests.Reliability;

/// <summary>TT514: what the tasks of a singleton share.</summary>
public sealed class SingletonAnalyzerTests
{
    private const string Singleton = "tasks.AddWorker<IJobs, Jobs>(worker => worker.Lifetime = ServiceLifetime.Singleton)";

    [Theory]
    [InlineData(Singleton, "{|TT514:_n++|};")]
    [InlineData(Singleton, "{|TT514:_n += id|};")]
    [InlineData(Singleton, "{|TT514:_last = DateTime.Now.ToString()|};")]
    [InlineData(Singleton, "{|TT514:Current = id|};")]
    [InlineData("tasks.Services.AddSingleton<Jobs>()", "Action change = () => {|TT514:_n = id|}; change();")]
    [InlineData("tasks.AddWorker<IJobs, Jobs>()", "_n++;")]
    [InlineData("tasks.AddWorker<IJobs, Jobs>(worker => worker.Lifetime = ServiceLifetime.Transient)", "_n++;")]
    [InlineData("tasks.Services.AddSingleton<Other>()", "_n++;")]
    [InlineData(Singleton, "lock (_gate) { _n++; }")]
    [InlineData(Singleton, "Interlocked.Increment(ref _n);")]
    [InlineData(Singleton, "_last ??= id.ToString();")]
    [InlineData(Singleton, "_started = true; _last = null;")]
    [InlineData(Singleton, "int n = 0; n++; var other = new Other(); other.N = id; Console.WriteLine(n);")]
    public Task Reports(string registration, string body) => Verify<SingletonAnalyzer>.VerifyAnalyzerAsync(TestCode.Files(
        $$"""
        [TaskContract] public interface IJobs { [Task] Task RunAsync(int id); }

        public class Other { public int N; }

        public class Jobs : IJobs
        {
            private readonly object _gate = new();
            private int _n;
            private string? _last;
            private bool _started;

            public int Current { get; set; }

            public Task RunAsync(int id) { {{body}} return Task.CompletedTask; }

            public void Reset() { _n = Current; _last = _gate.ToString(); _started = _last == ""; }

            public override string ToString() => $"{_n}{_last}{_started}";
        }
        """,
        $"public static class Host {{ public static void Add(TypedTasksBuilder tasks) => {registration}; }}"));
}
