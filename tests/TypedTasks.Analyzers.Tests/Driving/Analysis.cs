using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace TypedTasks.Analyzers.Tests.Driving;

/// <summary>Runs analyzers over a compilation, as the compiler does.</summary>
internal static class Analysis
{
    /// <summary>Every analyzer that ships.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> All { get; } =
    [
        .. typeof(TaskAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>What the analyzers report, by place. Fails if one throws; TT904 is left to the caller to look for.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, IReadOnlyDictionary<string, string>? additionalFiles = null)
    {
        AnalyzerOptions options = new([.. (additionalFiles ?? new Dictionary<string, string>()).Select(file => new TextFile(file.Key, file.Value))]);

        // Rules that are off by default are judged, too.
        CSharpCompilationOptions enabled = compilation.Options.WithSpecificDiagnosticOptions(analyzers
            .SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .Where(rule => !rule.IsEnabledByDefault)
            .Select(rule => KeyValuePair.Create(rule.Id, ReportDiagnostic.Info))
            .DistinctBy(rule => rule.Key)
            .Concat(compilation.Options.SpecificDiagnosticOptions)
            .DistinctBy(rule => rule.Key));
        List<Exception> failures = [];
        CompilationWithAnalyzers run = compilation.WithOptions(enabled).WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            options,
            (failure, _, _) =>
            {
                lock (failures)
                {
                    failures.Add(failure);
                }
            },
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false));
        ImmutableArray<Diagnostic> found = await run.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.True(failures.Count == 0, string.Join("\n", failures));
        return [.. found
            .OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal)];
    }

    /// <summary>A diagnostic as a line: rule, place, message, and the places it also names.</summary>
    public static string Describe(Diagnostic diagnostic) =>
        $"{diagnostic.Severity} {diagnostic}{string.Concat(diagnostic.AdditionalLocations.Select(location => $"\n    also {location.GetLineSpan()}"))}";

    /// <summary>Fails on a TT904: an analyzer that failed has no say.</summary>
    public static void AssertNoFailure(IEnumerable<Diagnostic> diagnostics, string context = "")
    {
        string[] failures = [.. diagnostics.Where(diagnostic => diagnostic.Id == RuleIds.AnalyzerFailure).Select(Describe)];
        Assert.True(failures.Length == 0, $"{string.Join("\n", failures)}\n{context}");
    }

    private sealed class TextFile(string path, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text, Encoding.UTF8);

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }
}
