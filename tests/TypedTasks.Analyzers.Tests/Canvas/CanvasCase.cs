using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using TypedTasks.Analyzers.Tests.Driving;

namespace TypedTasks.Analyzers.Tests.Canvas;

/// <summary>Canvases as people write them, with what is to be said of them marked in the source; a file of <c>Cases/Blind</c>, written, and marked, before the rules were asked.</summary>
/// <remarks>What the compiler refuses and no rule explains is on a line that ends in <c>// refused</c>. Each is a compilation of its own.</remarks>
/// <param name="Name">The file's name.</param>
/// <param name="Code">Its source.</param>
internal sealed record CanvasCase(string Name, TestCode Code)
{
    private const string Refused = "// refused";

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "TypedTasks.Analyzers.Tests", "Canvas", "Cases", "Blind");

    public static IReadOnlyList<CanvasCase> All { get; } =
    [
        .. Directory.GetFiles(Folder, "*.cs").Order(StringComparer.Ordinal)
            .Select(file => new CanvasCase(Path.GetFileNameWithoutExtension(file), new TestCode { Sources = [File.ReadAllText(file)], AllowErrors = true })),
    ];

    public bool IsSilent => Code.Parse().Expected.Count == 0;

    /// <summary>What is to be said, as lines of rule and place.</summary>
    public string[] Expected()
    {
        (CSharpCompilation source, _, IReadOnlyList<Expected> marks) = Code.Parse();
        SourceText text = Text(source);
        return [.. marks.Select(mark => Line(mark.Id!, text, mark.Span)).Order(StringComparer.Ordinal)];
    }

    /// <summary>What the rules of canvases say, all others at work beside them.</summary>
    public async Task<string[]> ReportedAsync()
    {
        CSharpCompilation compilation = Compilations.Generate(Code.Parse().Compilation);
        SourceText text = Text(compilation);
        Diagnostic[] found = [.. await Analysis.RunAsync(compilation, Analysis.All)];
        Analysis.AssertNoFailure(found);
        return [.. found.Where(one => one.Id.StartsWith("TT8", StringComparison.Ordinal)).Select(one => Line(one.Id, text, one.Location.SourceSpan)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Lines that the compiler refuses unmarked, and lines that are marked and that it does not refuse. Where a rule is to speak, the whole statement or member is marked.</summary>
    public string[] WronglyMarked()
    {
        (CSharpCompilation source, _, IReadOnlyList<Expected> marks) = Code.Parse();
        SyntaxTree tree = source.SyntaxTrees.Single(one => one.FilePath == TestCode.PathOf(0));
        SourceText text = tree.GetText();
        TextSpan[] marked =
        [
            .. text.Lines.Where(line => line.ToString().EndsWith(Refused, StringComparison.Ordinal)).Select(line => line.Span),
            .. marks.Select(mark => tree.GetRoot().FindNode(mark.Span).FirstAncestorOrSelf<SyntaxNode>(node => node is StatementSyntax or MemberDeclarationSyntax)!.Span),
        ];
        Diagnostic[] errors = [.. Compilations.Generate(source).GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error)];
        return
        [
            .. errors.Where(error => !marked.Any(span => span.Contains(error.Location.SourceSpan.Start))).Select(error => error.ToString()),
            .. marked.Where(span => !errors.Any(error => span.Contains(error.Location.SourceSpan.Start))).Select(span => $"compiles: {text.ToString(span)}"),
        ];
    }

    private static SourceText Text(CSharpCompilation compilation) => compilation.SyntaxTrees.Single(tree => tree.FilePath == TestCode.PathOf(0)).GetText();

    private static string Line(string id, SourceText text, TextSpan span) => $"{id} {span.Start:D5}: {text.ToString(span)}";
}
