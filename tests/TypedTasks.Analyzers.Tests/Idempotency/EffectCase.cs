using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TypedTasks.Analyzers.Idempotency;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests.Idempotency;

/// <summary>A handler as people write them, with what is to be said of it marked in the source; a file of <c>Cases</c>.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Source">Its source without the marks, in a namespace of its own.</param>
/// <param name="Marks">What is to be said.</param>
/// <param name="Kind">The folder within <c>Cases</c>, which says how it came to be.</param>
internal sealed record EffectCase(string Name, string Source, IReadOnlyList<Expected> Marks, string Kind)
{
    /// <summary>Written after reading what handlers in public do.</summary>
    public const string Public = "Public";

    /// <summary>Written, and marked, before the rules were asked.</summary>
    public const string Blind = "Blind";

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "TypedTasks.Analyzers.Tests", "Idempotency");

    private static readonly Lazy<MetadataReference> Shapes = new(() => Compilations.Reference(
        "Libraries", [.. Directory.GetFiles(Path.Combine(Folder, "Libraries"), "*.cs").Order(StringComparer.Ordinal).Select(File.ReadAllText)]));

    public static IReadOnlyList<EffectCase> All { get; } =
        [.. ((string[])["", Public, Blind]).SelectMany(kind => Files(Path.Combine("Cases", kind)).Select(file => Read(file, kind)))];

    // All cases at once, in one compilation: each is in a namespace of its own, so none knows of another.
    private static readonly Lazy<Task<ImmutableArray<Diagnostic>>> Found = new(() => AnalyzeAsync(Compile(All.Where(one => !one.IsJudgedByAll))));

    private static readonly Lazy<Task<ImmutableArray<Diagnostic>>> FoundByAll = new(() => AnalyzeAsync(Compile(All.Where(one => one.IsJudgedByAll)), Analysis.All));

    /// <summary>The libraries that the cases use, as one assembly.</summary>
    public static MetadataReference Libraries => Shapes.Value;

    public bool IsSilent => Marks.Count == 0;

    // The first ones speak only of what a handler's body does.
    private bool IsJudgedByAll => Kind.Length > 0;

    private string FilePath => $"{Name}.cs";

    /// <summary>The cases, compiled together with what the generator makes of them.</summary>
    public static CSharpCompilation Compile(IEnumerable<EffectCase> cases) => Compilations.Generate(Compilations.Create(
        cases.Select(one => Compilations.Parse(one.Source, one.FilePath)),
        more: [Libraries]));

    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer>? analyzers = null)
    {
        ImmutableArray<Diagnostic> found = await Analysis.RunAsync(compilation, analyzers ?? [new EffectAnalyzer()]);
        Analysis.AssertNoFailure(found);
        return found;
    }

    /// <summary>What is to be said, as lines of rule, place and text.</summary>
    public string[] Expected() => [.. Marks.Select(mark => Line(mark.Id!, mark.Span)).Order(StringComparer.Ordinal)];

    /// <summary>What is said. A rule that is off by default counts only where the case marks it.</summary>
    public async Task<string[]> ReportedAsync() =>
    [
        .. (await (IsJudgedByAll ? FoundByAll : Found).Value)
            .Where(diagnostic => diagnostic.Location.GetLineSpan().Path == FilePath && (diagnostic.Descriptor.IsEnabledByDefault || Marks.Any(mark => mark.Id == diagnostic.Id)))
            .Select(diagnostic => Line(diagnostic.Id, diagnostic.Location.SourceSpan))
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Files(string folder) => Directory.GetFiles(Path.Combine(Folder, folder), "*.cs").Order(StringComparer.Ordinal);

    private static EffectCase Read(string file, string kind)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        string marked = File.ReadAllText(file);

        // Behind the usings: everything else has a namespace of the case's.
        CompilationUnitSyntax unit = SyntaxFactory.ParseCompilationUnit(marked);
        int at = unit.Usings.Count == 0 ? 0 : unit.Usings.FullSpan.End;
        (string source, IReadOnlyList<Expected> marks) = Markup.Parse($"{marked[..at]}\nnamespace Cases.{name};\n\n{marked[at..]}", $"{name}.cs");
        return new EffectCase(name, source, marks, kind);
    }

    private string Line(string id, TextSpan span) => $"{id} {span.Start}: {Source.Substring(span.Start, span.Length)}";
}
