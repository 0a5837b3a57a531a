using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedTasks.Analyzers;

/// <summary>
/// What every analyzer of TypedTasks is: concurrent, silent about generated code, absent from projects that do not know TypedTasks, and never the reason
/// that a build breaks. An exception within a rule becomes TT904 at the place where it happened.
/// </summary>
/// <remarks>
/// No action is registered for the end of the compilation: an IDE would not run it while one types, and offers no fix for what it reports.
/// </remarks>
public abstract class TaskAnalyzer : DiagnosticAnalyzer
{
    private protected TaskAnalyzer(params DiagnosticDescriptor[] rules) => SupportedDiagnostics = [.. rules, Rules.AnalyzerFailure];

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();

        // No generated code is read. That nothing is said of it either, the driver makes sure by a walk over all tokens of each file with something to say.
        context.ConfigureGeneratedCodeAnalysis(StaysWithin ? GeneratedCodeAnalysisFlags.ReportDiagnostics : GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (TaskCompilation.For(start.Compilation) is { } tasks)
            {
                Start(new AnalysisScope(start, tasks, GetType().Name));
            }
        });
    }

    /// <summary>Whether whatever is said is said within the member that is read, so that what is not generated where one reads is not where one reports.</summary>
    private protected virtual bool StaysWithin => false;

    /// <summary>Registers the analyzer's actions for one compilation. Does no work itself: what it throws is not caught.</summary>
    private protected abstract void Start(AnalysisScope scope);
}
