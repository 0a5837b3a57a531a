using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedTasks.Analyzers.Tests.Driving;
using TypedTasks.Analyzers.Tooling;

namespace TypedTasks.Analyzers.Tests.Tooling;

/// <summary>What others say of contracts, handlers and payloads, and what is taken back of it.</summary>
public sealed class ContractSuppressorTests
{
    private const string Source = """
        [TaskContract]
        public interface IJobs
        {
            [Task, Idempotent(Key = "{order.Id}:{day}")] Task Run(Order order, int day, int more);
        }

        [TaskContract] public interface INothingYet;

        public interface INothing;

        public sealed record Order(Guid Id);

        public sealed record Row(Guid Id);

        public class Jobs : IJobs
        {
            public async Task Run(Order order, int day, int more) { }

            public async Task Other(Order order, int day, int more) { }
        }

        internal class InnerJobs : Jobs;

        internal class Unused;
        """;

    [Theory]
    [InlineData("CA1822", "Run")]
    [InlineData("CS1998", "Run")]
    [InlineData("VSTHRD200", "Run, Run")]
    [InlineData("CA1515", "IJobs, INothingYet, Order, Jobs, InnerJobs")]
    [InlineData("CA1812", "Jobs, InnerJobs")]
    [InlineData("CA1040", "IJobs, INothingYet")]
    [InlineData("IDE0060", "order, day")]
    public async Task Only_what_the_contract_makes_moot_is_taken_back(string id, string expected)
    {
        CSharpCompilation compilation = Compilations.Generate(Compilations.Create([Compilations.Parse(Source, "Source0.cs")]));
        CompilationWithAnalyzers run = compilation.WithAnalyzers([new Others(), new ContractSuppressor()], new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true));
        Diagnostic[] found = [.. (await run.GetAllDiagnosticsAsync(TestContext.Current.CancellationToken)).Where(one => one.Id == id && one.Location.GetLineSpan().Path == "Source0.cs").OrderBy(one => one.Location.SourceSpan.Start)];
        string[] names = [.. found.Where(one => one.IsSuppressed).Select(one => Source.Substring(one.Location.SourceSpan.Start, one.Location.SourceSpan.Length))];
        Assert.Equal(expected, string.Join(", ", names));
        Assert.Contains(found, one => !one.IsSuppressed);
    }

    [Fact]
    public void The_page_names_every_suppression()
    {
        string page = File.ReadAllText(Path.Combine(RulePage.Folder, "README.md"));
        Assert.All(new ContractSuppressor().SupportedSuppressions, one => Assert.Contains($"| {one.Id} | {one.SuppressedDiagnosticId} |", page, StringComparison.Ordinal));
    }

    /// <summary>Says everything of every declaration, as if it were the analyzers that have these ids.</summary>
#pragma warning disable RS1001, RS1036, RS1038, RS1041 // Runs in these tests only.
    private sealed class Others : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor[] Rules =
            [.. new[] { "CA1822", "VSTHRD200", "CA1515", "CA1812", "CA1040", "IDE0060" }.Select(id => new DiagnosticDescriptor(id, id, id, "Others", DiagnosticSeverity.Warning, isEnabledByDefault: true))];

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. Rules];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSyntaxNodeAction(
                node =>
                {
                    foreach (DiagnosticDescriptor rule in Rules)
                    {
                        SyntaxToken? name = (node.Node, rule.Id) switch
                        {
                            (MethodDeclarationSyntax method, "CA1822" or "VSTHRD200") => method.Identifier,
                            (BaseTypeDeclarationSyntax type, "CA1515") => type.Identifier,
                            (ClassDeclarationSyntax type, "CA1812") => type.Identifier,
                            (InterfaceDeclarationSyntax type, "CA1040") => type.Identifier,
                            (ParameterSyntax { Parent.Parent: MethodDeclarationSyntax } parameter, "IDE0060") => parameter.Identifier,
                            _ => null,
                        };
                        if (name is { } found)
                        {
                            node.ReportDiagnostic(Diagnostic.Create(rule, found.GetLocation()));
                        }
                    }
                },
                SyntaxKind.MethodDeclaration, SyntaxKind.InterfaceDeclaration, SyntaxKind.ClassDeclaration, SyntaxKind.RecordDeclaration, SyntaxKind.Parameter);
        }
    }
}
