using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedTasks.Generator;

namespace TypedTasks.Benchmarks;

/// <summary>200 contracts of 5 tasks each, in a compilation that references what a user's would.</summary>
internal static class GeneratorSubject
{
    public const int Contracts = 200;
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp13);

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using TypedTasks;
        """;

    public static GeneratorDriver NewDriver() => CSharpGeneratorDriver.Create([new TaskContractGenerator().AsSourceGenerator()], parseOptions: ParseOptions);

    public static CSharpCompilation NewCompilation() => NewCompilation(Enumerable.Range(0, Contracts).Select(ContractOf));

    /// <summary>A compilation of these files, bound.</summary>
    public static CSharpCompilation NewCompilation(IEnumerable<string> sources)
    {
        var compilation = CSharpCompilation.Create(
            "Tasks",
            sources.Append(Usings).Select(source => CSharpSyntaxTree.ParseText(source, ParseOptions)),
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        // The compiler binds the user's code in any case; only what the generator adds is measured.
        _ = compilation.GetDiagnostics();
        return compilation;
    }

    public static int Check(GeneratorDriver driver)
    {
        int trees = driver.GetRunResult().GeneratedTrees.Length;
        return trees > 2 * Contracts ? trees : throw new InvalidOperationException($"Only {trees} files were generated.");
    }

    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" or "TypedTasks.dll"))
        .Select(path => MetadataReference.CreateFromFile(path));

    private static string ContractOf(int number) => $$"""
        namespace Load{{number}};

        public sealed record Order(Guid Id, string Customer, List<decimal> Amounts);

        [TaskContract("contract-{{number}}")]
        public interface IContract
        {
            [Task] ValueTask<Guid> FirstAsync(Guid id, decimal amount, string? note, CancellationToken cancellationToken = default);
            [Task(MaxAttempts = 3)] ValueTask SecondAsync(Order order);
            [Task] [Idempotent(Key = "{order.Id}")] Task<Order> ThirdAsync(Order order, int[] numbers);
            [Task] Task FourthAsync(Dictionary<string, Order> orders);
            [Task] ValueTask<int?> FifthAsync(DateTimeOffset at, TimeSpan delay);
        }
        """;
}
