using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedTasks.Generator.Tests.Driving;

/// <summary>Runs the generator, and asserts on every run what must hold on every run: the cache, the order, the silence.</summary>
internal static class Generate
{
    public static Generation From(params string[] sources) => From(Compilations.Create(sources));

    public static Generation From(CSharpCompilation compilation)
    {
        GeneratorDriver driver = Driver();
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        GeneratorDriverRunResult first = driver.GetRunResult();
        Assert.Null(first.Results.Single().Exception);
        Assert.Empty(first.Diagnostics);

        Caching.AssertNothingRetained(first);
        Caching.AssertCached(driver, (CSharpCompilation)compilation.Clone(), first);
        Caching.AssertCached(driver, compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated { }", Compilations.ParseOptions, "Unrelated.cs")), first);
        AssertOrderStable(compilation, first);
        return new Generation((CSharpCompilation)output, first);
    }

    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new TaskContractGenerator().AsSourceGenerator()],
        parseOptions: Compilations.ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static void AssertOrderStable(CSharpCompilation compilation, GeneratorDriverRunResult first)
    {
        CSharpCompilation reversed = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Reverse());
        GeneratorDriverRunResult second = Driver().RunGenerators(reversed).GetRunResult();
        Assert.Equal(Texts(first), Texts(second));
    }

    private static IEnumerable<string> Texts(GeneratorDriverRunResult result) =>
        result.Results.Single().GeneratedSources.Select(source => $"{source.HintName}\n{source.SourceText}").Order(StringComparer.Ordinal);
}
