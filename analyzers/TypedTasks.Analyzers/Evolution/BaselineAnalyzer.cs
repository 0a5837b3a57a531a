using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedTasks.Analyzers.Evolution;

/// <summary>TT601 to TT613 and TT615: what an earlier version sent, by the project's <c>TaskContracts.txt</c>, and what this one makes of it. Silent where there is no such file.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BaselineAnalyzer : TaskAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public BaselineAnalyzer()
        : base(
            Rules.NotInBaseline,
            Rules.TaskRemoved,
            Rules.RouteChanged,
            Rules.PlaceChanged,
            Rules.TypeChanged,
            Rules.RequiredAdded,
            Rules.RetiredReused,
            Rules.ResultChanged,
            Rules.EnumChanged,
            Rules.UnionTagChanged,
            Rules.IdempotencyWeakened,
            Rules.DeliveryChanged,
            Rules.BaselineUnreadable,
            Rules.Renamed)
    {
    }

    private protected override void Start(AnalysisScope scope)
    {
        if (BaselineFile.Among(scope.Options) is not { } file)
        {
            return;
        }

        Lazily lazily = new(scope, file);
        scope.OnContract((context, contract) =>
        {
            foreach (Finding finding in lazily.Get(context.CancellationToken)?.Findings ?? [])
            {
                if (SymbolEqualityComparer.Default.Equals(finding.Contract, contract))
                {
                    context.ReportDiagnostic(finding.ToDiagnostic());
                }
            }
        });
        scope.OnAdditionalFile(context =>
        {
            if (context.AdditionalFile == file)
            {
                foreach (Finding finding in lazily.Get(context.CancellationToken)?.Findings ?? [])
                {
                    if (finding.Contract is null)
                    {
                        context.ReportDiagnostic(finding.ToDiagnostic());
                    }
                }
            }
            else if (BaselineFile.IsOne(context.AdditionalFile))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Rules.BaselineUnreadable,
                    Location.Create(context.AdditionalFile.Path, default, default),
                    $"A project has one {BaselineFile.FileName}, and this is the second: '{file.Path}' is used"));
            }
        });
    }

    /// <summary>The comparison, made when it is first asked for. A cancelled try leaves nothing behind.</summary>
    private sealed class Lazily(AnalysisScope scope, AdditionalText file)
    {
        private BaselineComparison? _made;

        public BaselineComparison? Get(CancellationToken cancellationToken) => _made ?? (file.GetText(cancellationToken) is { } text
            ? LazyInitializer.EnsureInitialized(ref _made, () => new BaselineComparison(WireSnapshot.Read(scope.Tasks, cancellationToken), BaselineFile.Parse(text), file.Path))
            : null);
    }
}
