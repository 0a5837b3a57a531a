using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Shape;

/// <summary>TT109: a task's parameter whose default is a value that somebody chose.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DefaultArgumentAnalyzer : TaskAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public DefaultArgumentAnalyzer()
        : base(Rules.DefaultFrozen)
    {
    }

    private protected override void Start(AnalysisScope scope) => scope.OnContract((context, contract) =>
    {
        foreach (IParameterSymbol parameter in contract.GetMembers().OfType<IMethodSymbol>().Where(IsCalled).SelectMany(method => method.Parameters))
        {
            if (parameter.HasExplicitDefaultValue && IsChosen(parameter.ExplicitDefaultValue))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.DefaultFrozen, parameter.Locations[0], parameter.Name));
            }
        }
    });

    // A schedule sends no arguments: there the worker's own default holds.
    private static bool IsCalled(IMethodSymbol method) => method.Has(KnownSymbols.TaskAttribute) && !method.Has(KnownSymbols.ScheduleAttribute);

    // Null, and what a type is by itself, are the absence of a value.
    private static bool IsChosen(object? value) => value switch
    {
        null => false,
        string => true,
        bool flag => flag,
        IConvertible number and not char => Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture) != 0,
        char c => c != '\0',
        _ => true,
    };
}
