using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedTasks.Benchmarks;

/// <summary>Runs of a process that has run the generator before, as an editor's has. What the first run takes is measured by <see cref="ColdStart"/>.</summary>
public class GeneratorBenchmarks
{
    private CSharpCompilation _compilation = null!;
    private CSharpCompilation _edited = null!;
    private GeneratorDriver _ran = null!;
    private int _edits;

    [GlobalSetup]
    public void SetUp()
    {
        _compilation = GeneratorSubject.NewCompilation();
        _ran = GeneratorSubject.NewDriver().RunGenerators(_compilation);
    }

    [IterationSetup(Target = nameof(Keystroke))]
    public void Edit()
    {
        _edited = _compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText($"class Unrelated{++_edits} {{ }}", GeneratorSubject.ParseOptions));

        // Binding the edited code is the compiler's business, not the generator's.
        _ = _edited.GetDiagnostics();
    }

    [Benchmark(Description = "everything anew")]
    public int Anew() => GeneratorSubject.Check(GeneratorSubject.NewDriver().RunGenerators(_compilation));

    [Benchmark(Description = "a keystroke in an unrelated file")]
    public int Keystroke()
    {
        _ran = _ran.RunGenerators(_edited);
        return GeneratorSubject.Check(_ran);
    }
}
