using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedTasks.Analyzers.Tests.Driving;

/// <summary>
/// Asserts what one analyzer reports: exactly the marked places, the same in whatever order the files come. Keeps the conventions of the Roslyn testing library.
/// </summary>
internal static class Verify<TAnalyzer>
    where TAnalyzer : TaskAnalyzer, new()
{
    public static Task VerifyAnalyzerAsync(params string[] sources) => VerifyAnalyzerAsync(TestCode.Files(sources));

    public static async Task VerifyAnalyzerAsync(TestCode code)
    {
        (CSharpCompilation compilation, IReadOnlyDictionary<string, string> files, IReadOnlyList<Expected> expected) = code.Parse();
        CSharpCompilation generated = Compilations.Generate(compilation);
        if (!code.AllowErrors)
        {
            string[] errors = Compilations.Errors(generated);
            Assert.True(errors.Length == 0, string.Join("\n", errors));
        }

        ImmutableArray<Diagnostic> found = await ReportedAsync(generated, files);
        Assert.Equal(Lines(expected), Lines(found));

        CSharpCompilation reversed = Compilations.Generate(compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Reverse()));
        Assert.Equal(found.Select(Analysis.Describe), (await ReportedAsync(reversed, files)).Select(Analysis.Describe));
    }

    /// <summary>The messages that the analyzer reports, in order of place.</summary>
    public static async Task<string[]> MessagesAsync(TestCode code)
    {
        (CSharpCompilation compilation, IReadOnlyDictionary<string, string> files, _) = code.Parse();
        return [.. (await ReportedAsync(Compilations.Generate(compilation), files)).Select(diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture))];
    }

    private static async Task<ImmutableArray<Diagnostic>> ReportedAsync(CSharpCompilation compilation, IReadOnlyDictionary<string, string> files)
    {
        ImmutableArray<Diagnostic> found = await Analysis.RunAsync(compilation, [new TAnalyzer()], files);
        Analysis.AssertNoFailure(found);
        return found;
    }

    private static IEnumerable<string> Lines(IEnumerable<Expected> expected)
    {
        string[] rules = [.. new TAnalyzer().SupportedDiagnostics.Select(rule => rule.Id).Where(id => id != RuleIds.AnalyzerFailure)];
        return expected
            .Select(mark => $"{mark.Path} {mark.Span} {mark.Id ?? Assert.Single(rules)}")
            .Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Lines(IEnumerable<Diagnostic> found) => found
        .Select(diagnostic => $"{diagnostic.Location.GetLineSpan().Path} {diagnostic.Location.SourceSpan} {diagnostic.Id}")
        .Order(StringComparer.Ordinal);
}
