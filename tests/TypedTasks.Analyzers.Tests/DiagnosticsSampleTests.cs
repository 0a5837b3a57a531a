using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests;

/// <summary>The sample that is full of mistakes: the build says of it what stands beside it, line by line.</summary>
public sealed class DiagnosticsSampleTests
{
    private const string Implicit = "global using System.Net.Http; global using System.IO;";

    [Fact]
    public async Task The_sample_is_told_what_is_wrong_with_it()
    {
        string folder = Path.Combine(Repository.Root, "samples", "Diagnostics");
        IEnumerable<SyntaxTree> trees = Directory.GetFiles(folder, "*.cs").Order(StringComparer.Ordinal)
            .Select(file => Compilations.Parse(File.ReadAllText(file), Path.GetFileName(file)))
            .Append(Compilations.Parse(Implicit, "Implicit.cs"));
        CSharpCompilation compilation = Compilations.Generate(Compilations.Create(trees));
        Assert.Empty(Compilations.Errors(compilation));
        ImmutableArray<Diagnostic> found = await Analysis.RunAsync(compilation, Analysis.All);
        string[] lines = [.. found.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString())];

        string expected = Path.Combine(folder, "expected.txt");
        string[] known = File.Exists(expected) ? File.ReadAllLines(expected) : [];
        Assert.True(known.SequenceEqual(lines), $"{expected} should say:\n{string.Join('\n', lines)}");
    }

    [Fact]
    public void The_front_page_shows_what_the_sample_is_told()
    {
        string[] expected = File.ReadAllLines(Path.Combine(Repository.Root, "samples", "Diagnostics", "expected.txt"));
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        string[] shown = [.. readme.Split('\n').Where(line => line.Contains(": warning TT", StringComparison.Ordinal))];
        Assert.NotEmpty(shown);
        Assert.Empty(shown.Except(expected));
        Assert.Contains($"[{expected.Length} warnings]", readme, StringComparison.Ordinal);
    }
}
