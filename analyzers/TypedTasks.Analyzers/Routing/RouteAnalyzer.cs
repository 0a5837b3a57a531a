using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedTasks.Analyzers.Routing;

/// <summary>TT207: two contracts under one name on the wire, here and in what is referenced.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RouteAnalyzer : TaskAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public RouteAnalyzer()
        : base(Rules.DuplicateRoute)
    {
    }

    private protected override void Start(AnalysisScope scope) => scope.OnContract((context, contract) =>
    {
        TaskManifest manifest = scope.Tasks.Manifest(context.CancellationToken);
        if (manifest.Contracts.FirstOrDefault(own => SymbolEqualityComparer.Default.Equals(own.Type, contract)) is not { } self)
        {
            return;
        }

        // Of two in one project the ordinally later is reported.
        DeclaredContract? other = manifest.Contracts.FirstOrDefault(known =>
            known.Name == self.Name && !SymbolEqualityComparer.Default.Equals(known.Type, contract) &&
            (!known.IsLocal || string.CompareOrdinal(known.Type.ToDisplayString(), contract.ToDisplayString()) < 0));
        if (other is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rules.DuplicateRoute,
                contract.Locations[0],
                contract.Name,
                other.IsLocal ? other.Type.ToDisplayString() : $"{other.Type.ToDisplayString()} in {other.Type.ContainingAssembly.Name}",
                self.Name));
        }
    });
}
