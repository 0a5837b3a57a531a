using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.Analyzers.Tests.Idempotency;

namespace TypedTasks.Analyzers.Tests;

/// <summary>Pieces of programs as people write them, each a compilation of its own, judged by every rule: exactly what is marked is said.</summary>
/// <remarks>They were written, and marked, before the rules were asked. A line <c>//// name</c> begins another file of the piece.</remarks>
public sealed class SnippetTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "TypedTasks.Analyzers.Tests", "Snippets");

    public static TheoryData<string> Snippets => [.. Directory.GetFiles(Folder, "*.cs").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Snippets))]
    public async Task Exactly_what_is_marked_is_said(string name)
    {
        (CSharpCompilation compilation, IReadOnlyDictionary<string, string> files, IReadOnlyList<Expected> expected) = Read(name).Parse();
        CSharpCompilation generated = Compilations.Generate(compilation);
        string[] errors = Compilations.Errors(generated);
        ImmutableArray<Diagnostic> found = await Analysis.RunAsync(generated, Analysis.All, files);
        Analysis.AssertNoFailure(found);
        Diagnostic[] reported = [.. found.Where(one => one.Descriptor.IsEnabledByDefault || expected.Any(mark => mark.Id == one.Id))];
        string[] wanted = [.. expected.Select(mark => Line(mark.Id!, mark.Path, mark.Span.Start)).Order(StringComparer.Ordinal)];
        string[] said = [.. reported.Select(one => Line(one.Id, one.Location.GetLineSpan().Path, one.Location.SourceSpan.Start)).Order(StringComparer.Ordinal)];
        Assert.True(
            wanted.SequenceEqual(said) && expected.All(mark => reported.Any(one => one.Id == mark.Id && one.Location.SourceSpan == mark.Span)),
            $"{name}\nexpected:\n  {string.Join("\n  ", expected.Select(mark => $"{mark.Id} {mark.Path} {mark.Span}"))}\nreported:\n  {string.Join("\n  ", reported.Select(Told))}");

        // What the compiler itself refuses is in no snippet, but for what the marks say of a contract.
        Assert.True(errors.Length == 0 || expected.Any(mark => mark.Id is "TT102" or "TT103" or "TT105"), string.Join("\n", errors));

        string Line(string id, string path, int start) => $"{id} {path} {start.ToString("D6", CultureInfo.InvariantCulture)}";
        string Told(Diagnostic one) => $"{one.Id} {one.Location.GetLineSpan().Path} {one.Location.SourceSpan} {Text(one)}\n      {one.GetMessage(CultureInfo.InvariantCulture)}";
        string Text(Diagnostic one) => one.Location.SourceTree?.ToString().Substring(one.Location.SourceSpan.Start, one.Location.SourceSpan.Length) ?? "";
    }

    private static TestCode Read(string name)
    {
        List<string> sources = [];
        Dictionary<string, string> files = [];
        foreach (string part in $"//// {name}.cs\n{File.ReadAllText(Path.Combine(Folder, $"{name}.cs"))}".ReplaceLineEndings("\n").Split("//// ", StringSplitOptions.RemoveEmptyEntries))
        {
            int end = part.IndexOf('\n', StringComparison.Ordinal);
            string body = part[(end + 1)..];
            if (part[..end].EndsWith(".cs", StringComparison.Ordinal))
            {
                sources.Add(body);
            }
            else
            {
                files.Add(part[..end], body);
            }
        }

        return new TestCode { Sources = sources, AdditionalFiles = files, References = [EffectCase.Libraries] };
    }
}
