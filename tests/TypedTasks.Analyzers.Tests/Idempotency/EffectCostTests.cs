using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedTasks.Analyzers.Idempotency;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.Benchmarks;

namespace TypedTasks.Analyzers.Tests.Idempotency;

/// <summary>What the reading of handlers costs: the work grows with the code, and no faster.</summary>
public sealed class EffectCostTests
{
    /// <summary>Doubling the handlers at most doubles the time, with some room for what a shared machine does meanwhile.</summary>
    [Fact]
    public async Task Time_grows_with_the_code()
    {
        await MeasureAsync(20);
        StringBuilder report = new();
        double best = double.MaxValue;
        for (int run = 0; run < 3; run++)
        {
            double half = await MeasureAsync(40);
            double growth = await MeasureAsync(80) / half;
            report.Append(CultureInfo.InvariantCulture, $"× {growth:F2} per doubling; ");
            best = Math.Min(best, growth);
        }

        TestContext.Current.SendDiagnosticMessage(report.ToString());

        // Quadratic work would be × 4 in each run.
        Assert.True(best < 3, report.ToString());
    }

    /// <summary>The analyzer's own time for a project of so many handlers, in seconds.</summary>
    private static async Task<double> MeasureAsync(int handlers)
    {
        CSharpCompilation source = Compilations.Generate(Compilations.Create(HandlerProject.Write(handlers).Select(file => Compilations.Parse(file.Text, file.Path)), more: [EffectCase.Libraries]));
        EffectAnalyzer analyzer = new();
        CompilationWithAnalyzers run = source.WithAnalyzers([analyzer], new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));
        Assert.Equal(handlers, (await run.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken)).Count(found => found.Id == RuleIds.UnsafeHttp));
        return (await run.GetAnalyzerTelemetryInfoAsync(analyzer, TestContext.Current.CancellationToken)).ExecutionTime.TotalSeconds;
    }
}
