using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using TypedTasks.Generator.Tests.Driving;

namespace TypedTasks.Generator.Tests;

/// <summary>How long generation takes with nothing beside it: printed, because a number that is asserted on a shared machine is a coin that is tossed.</summary>
[Collection(nameof(SpeedTests))]
[CollectionDefinition(nameof(SpeedTests), DisableParallelization = true)]
public sealed class SpeedTests(ITestOutputHelper output)
{
    [Fact]
    public void Two_hundred_contracts_of_five_tasks()
    {
        CSharpCompilation compilation = Compilations.Create(Enumerable.Range(0, 200).Select(Contract));
        _ = compilation.GetDiagnostics(TestContext.Current.CancellationToken);
        Microsoft.CodeAnalysis.GeneratorDriver driver = Generate.Driver();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Stopwatch cold = Stopwatch.StartNew();
        driver = driver.RunGenerators(compilation, TestContext.Current.CancellationToken);
        cold.Stop();
        TimeSpan busy = Environment.CpuUsage.TotalTime - before;
        Assert.Equal(401, driver.GetRunResult().GeneratedTrees.Length);

        // Keystrokes in a file that has nothing to do with them.
        Stopwatch warm = new();
        for (int i = 0; i < 5; i++)
        {
            CSharpCompilation edited = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText($"class Unrelated{i} {{ }}", Compilations.ParseOptions, cancellationToken: TestContext.Current.CancellationToken));
            warm.Restart();
            driver = driver.RunGenerators(edited, TestContext.Current.CancellationToken);
        }

        string message = string.Create(CultureInfo.InvariantCulture, $"200 contracts of 5 tasks: {cold.ElapsedMilliseconds} ms cold ({busy.TotalMilliseconds:f0} ms of processor time, the JIT included), {warm.ElapsedMilliseconds} ms for the fifth unrelated edit.");
        output.WriteLine(message);
        TestContext.Current.SendDiagnosticMessage(message);
    }

    internal static string Contract(int number) => $$"""
        namespace Load{{number}};

        public sealed record Order(Guid Id, string Customer, List<decimal> Amounts);

        [TaskContract("contract-{{number}}")]
        public interface IContract
        {
            [Task] ValueTask<Guid> FirstAsync(Guid id, decimal amount, string? note, CancellationToken cancellationToken = default);
            [Task(MaxAttempts = 3)] ValueTask SecondAsync(Order order);
            [Task] [Idempotent(Key = "{order.Id}")] Task<Order> ThirdAsync(Order order, int[] numbers);
            [Task] Task FourthAsync(Dictionary<string, Order> orders);
            [Task] ValueTask<int?> FifthAsync(DateTimeOffset at, TimeSpan delay);
        }
        """;
}
