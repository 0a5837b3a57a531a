using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests;

/// <summary>Analyzers run at every keystroke, on whatever is there: no half of a program makes one fail.</summary>
/// <remarks>TYPEDTASKS_PREFIXES says how many prefixes are tried; 60 by default, spread over all sources; 0 is all of them.</remarks>
public sealed class RobustnessTests
{
    [Fact]
    public async Task A_prefix_of_any_source_is_analysed_without_failure()
    {
        string[] prefixes = [.. Sources().SelectMany(Prefixes)];
        int wanted = int.TryParse(Environment.GetEnvironmentVariable("TYPEDTASKS_PREFIXES"), out int given) ? given : 60;
        int step = wanted == 0 ? 1 : Math.Max(1, prefixes.Length / wanted);

        // Evenly spread, which falls on another place of each source.
        for (int i = 0; i < prefixes.Length; i += step)
        {
            CSharpCompilation compilation = Compilations.Generate(Compilations.Create([Compilations.Parse(prefixes[i], "Source0.cs")]));
            ImmutableArray<Diagnostic> found = await Analysis.RunAsync(compilation, Analysis.All);
            Analysis.AssertNoFailure(found, prefixes[i]);
        }
    }

    [Theory]
    [InlineData("T a b c {{{ *** }")]
    [InlineData("<<<<<<< HEAD\ntask jobs.run v1\n=======\n>>>>>>> other")]
    [InlineData("\0\uFFFF = = =")]
    public async Task A_broken_additional_file_is_survived(string text)
    {
        CSharpCompilation compilation = Compilations.Generate(Compilations.Create([Compilations.Parse(Sources()[0], "Source0.cs")]));
        foreach (string path in new[] { "My.taskeffects.txt", "TaskContracts.txt" })
        {
            Analysis.AssertNoFailure(await Analysis.RunAsync(compilation, Analysis.All, new Dictionary<string, string> { [path] = text }), text);
        }
    }

    /// <summary>The examples of all pages, and every text of several lines in the tests.</summary>
    private static string[] Sources() =>
    [
        .. RulePage.Ids.Select(RulePage.Read).SelectMany(page => new[] { "Flagged", "Fix" }.SelectMany(section => page.Example(section).Sources)),
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "TypedTasks.Analyzers.Tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .SelectMany(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantTokens())
            .Where(token => token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken))
            .Select(token => Markup.Parse(token.ValueText, "Source0.cs").Text),
    ];

    private static IEnumerable<string> Prefixes(string source) =>
        CSharpSyntaxTree.ParseText(source, Compilations.ParseOptions).GetRoot().DescendantTokens().Select(token => source[..token.SpanStart]);
}
