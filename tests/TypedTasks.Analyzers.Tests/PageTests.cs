using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests;

/// <summary>The pages' examples are code: what a page calls flagged is flagged at the line it says, and what it calls fixed is clean under every rule.</summary>
public sealed class PageTests
{
    // A page whose rule no code of a user's can trigger: a failure of TypedTasks itself, and a mixture of package versions.
    private static readonly string[] WithoutExamples = ["TT903", "TT904"];

    // What these rules flag the compiler refuses, too.
    private static readonly string[] WithErrors = ["TT801", "TT802", "TT803", "TT804"];

    public static TheoryData<string> Pages => [.. RulePage.Ids.Except(WithoutExamples)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task What_the_page_shows_is_so(string id)
    {
        RulePage page = RulePage.Read(id);
        (ImmutableArray<Diagnostic> flagged, CSharpCompilation source) = await AnalyzeAsync(page.Example("Flagged"), mayFail: WithErrors.Contains(id));
        string[] marked = [.. source.SyntaxTrees.SelectMany(tree => tree.GetText(TestContext.Current.CancellationToken).Lines
            .Where(line => line.ToString().Contains($"// {id}", StringComparison.Ordinal))
            .Select(line => $"{tree.FilePath}:{line.LineNumber + 1}"))];
        string[] reported = [.. flagged.Where(diagnostic => diagnostic.Id == id).Select(Place).Distinct()];
        Assert.NotEmpty(reported);
        Assert.Equal(marked.Where(_ => !IsOfAnotherFile(flagged, id)), reported.Where(_ => !IsOfAnotherFile(flagged, id)));

        (ImmutableArray<Diagnostic> silent, _) = await AnalyzeAsync(page.Example("Fix"), mayFail: false);
        Assert.Empty(silent.Where(diagnostic => diagnostic.Id == id || diagnostic.Severity >= DiagnosticSeverity.Warning).Select(Analysis.Describe));
    }

    /// <summary>What is reported in an additional file has no line of code to mark.</summary>
    private static bool IsOfAnotherFile(ImmutableArray<Diagnostic> found, string id) =>
        found.Any(diagnostic => diagnostic.Id == id && !diagnostic.Location.IsInSource);

    private static string Place(Diagnostic diagnostic) =>
        $"{diagnostic.Location.GetLineSpan().Path}:{diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}";

    private static async Task<(ImmutableArray<Diagnostic> Found, CSharpCompilation Source)> AnalyzeAsync(TestCode example, bool mayFail)
    {
        Assert.NotEmpty(example.Sources);
        (CSharpCompilation source, IReadOnlyDictionary<string, string> files, _) = example.Parse();
        CSharpCompilation compilation = Compilations.Generate(source);
        string[] errors = Compilations.Errors(compilation);
        Assert.True(mayFail == errors.Length > 0, string.Join("\n", errors));
        ImmutableArray<Diagnostic> found = await Analysis.RunAsync(compilation, Analysis.All, files);
        Analysis.AssertNoFailure(found);
        return (found, source);
    }
}
