using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedTasks.Analyzers;

namespace TypedTasks.Benchmarks;

/// <summary>All analyzers over a project of 100 handlers with helpers five deep: a compilation that has none of its bodies bound, and an edit of one file as an editor has it analysed.</summary>
public class AnalyzerBenchmarks
{
    private const int Handlers = 100;
    private static readonly ImmutableArray<DiagnosticAnalyzer> All =
    [
        .. typeof(TaskAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private CSharpCompilation _project = null!;
    private CSharpCompilation _fresh = null!;
    private CSharpCompilation _edited = null!;
    private SyntaxTree _file = null!;
    private SyntaxTree _editedFile = null!;
    private int _edits;

    [GlobalSetup]
    public void SetUp()
    {
        CSharpCompilation source = GeneratorSubject.NewCompilation(HandlerProject.Write(Handlers).Select(file => "using System.Linq;\n" + file.Text));
        GeneratorSubject.NewDriver().RunGeneratorsAndUpdateCompilation(source, out Compilation generated, out _);
        _project = (CSharpCompilation)generated;
        _file = _project.SyntaxTrees.First(tree => tree.ToString().Contains("interface IGroup50\n", StringComparison.Ordinal));
        Check(Analyse(_project));
    }

    [IterationSetup]
    public void Edit()
    {
        // Nothing that was bound for the compilation before is left in these.
        _fresh = _project.Clone();
        _editedFile = CSharpSyntaxTree.ParseText($"{_file}\n// {++_edits}", GeneratorSubject.ParseOptions);
        _edited = _project.ReplaceSyntaxTree(_file, _editedFile);
        _ = _edited.GetSemanticModel(_editedFile).GetDiagnostics();
    }

    [Benchmark(Description = "the whole project, nothing bound yet")]
    public int Anew() => Check(Analyse(_fresh));

    [Benchmark(Description = "a keystroke in a file of ten handlers")]
    public int Keystroke()
    {
        CompilationWithAnalyzers run = With(_edited);
        SemanticModel model = _edited.GetSemanticModel(_editedFile);
        AnalysisResult result = run.GetAnalysisResultAsync(model, filterSpan: null, CancellationToken.None).GetAwaiter().GetResult();
        return Check(result.GetAllDiagnostics().Length, least: 10);
    }

    private static int Analyse(CSharpCompilation compilation) => With(compilation).GetAnalyzerDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult().Length;

    private static CompilationWithAnalyzers With(CSharpCompilation compilation) =>
        compilation.WithAnalyzers(All, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));

    private static int Check(int reports, int least = Handlers) =>
        reports >= least ? reports : throw new InvalidOperationException($"Only {reports} diagnostics were reported.");
}
