using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace TypedTasks.Analyzers.Tooling;

/// <summary>TT903: parts of TypedTasks that are not of one version. The build's own check sees packages; this one sees what is really referenced.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class VersionAnalyzer : TaskAnalyzer
{
    private static readonly string[] Parts = ["TypedTasks.Nats", "TypedTasks.Redis", "TypedTasks.Testing"];

    // What the SDK writes into every project.
    private static readonly string[] Generated = [".g.cs", ".AssemblyInfo.cs", ".AssemblyAttributes.cs"];

    /// <summary>Creates the analyzer.</summary>
    public VersionAnalyzer()
        : base(Rules.VersionsDisagree)
    {
    }

    private protected override void Start(AnalysisScope scope)
    {
        AssemblyIdentity runtime = scope.Types.TaskContractAttribute.ContainingAssembly.Identity;
        (string Name, Version Version)[] others =
        [
            .. scope.Compilation.ReferencedAssemblyNames
                .Where(reference => Parts.Contains(reference.Name))
                .Select(reference => (reference.Name, reference.Version))
                .Append(("TypedTasks.Analyzers", typeof(VersionAnalyzer).Assembly.GetName().Version))
                .Where(other => other.Version.Major != runtime.Version.Major || other.Version.Minor != runtime.Version.Minor)
                .OrderBy(other => other.Item1, StringComparer.Ordinal),
        ];
        if (others.Length == 0)
        {
            return;
        }

        // At the head of the project's first file: the place says only which project it is.
        SyntaxTree? first = scope.Compilation.SyntaxTrees
            .Where(tree => !Array.Exists(Generated, ending => tree.FilePath.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(tree => tree.FilePath, StringComparer.Ordinal)
            .FirstOrDefault();
        scope.OnFile(context =>
        {
            if (context.SemanticModel.SyntaxTree == first)
            {
                foreach ((string name, Version version) in others)
                {
                    context.ReportDiagnostic(Diagnostic.Create(Rules.VersionsDisagree, Location.Create(first, new TextSpan(0, 0)), name, version.ToString(2), runtime.Version.ToString(2)));
                }
            }
        });
    }
}
