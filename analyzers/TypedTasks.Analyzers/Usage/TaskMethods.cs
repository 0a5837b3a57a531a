using Microsoft.CodeAnalysis;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Usage;

/// <summary>The tasks that methods of handlers run, and what their contracts say.</summary>
internal static class TaskMethods
{
    /// <summary>The contract's method that a handler's method implements, explicitly or by its name; null for any other method.</summary>
    public static IMethodSymbol? TaskOf(ISymbol? symbol, KnownTypes types)
    {
        if (symbol is not IMethodSymbol { ContainingType: { TypeKind: TypeKind.Class or TypeKind.Struct } owner } method)
        {
            return null;
        }

        foreach (INamedTypeSymbol contract in owner.AllInterfaces.Where(type => AnalysisScope.HasAttribute(type, types.TaskContractAttribute)))
        {
            foreach (IMethodSymbol task in contract.GetMembers().OfType<IMethodSymbol>())
            {
                if (AnalysisScope.HasAttribute(task, types.TaskAttribute) && SymbolEqualityComparer.Default.Equals(owner.FindImplementationForInterfaceMember(task), method))
                {
                    return task;
                }
            }
        }

        return null;
    }

    /// <summary>The queue that a contract's method is routed to.</summary>
    public static string QueueOf(IMethodSymbol task) =>
        task.Attribute(KnownSymbols.TaskAttribute)?.Named<string?>("Queue", null) ??
        task.ContainingType.Attribute(KnownSymbols.TaskContractAttribute)?.Named<string?>("Queue", null) ??
        "default";

    /// <summary>Whether the outcome of a contract's method is not kept.</summary>
    public static bool KeepsNothing(IMethodSymbol task) => task.Attribute(KnownSymbols.TaskAttribute)?.Named<string?>("KeepOutcome", null) == "none";

    /// <summary>Whether a contract's method runs on a thread of its own, which it may block.</summary>
    public static bool IsDedicated(IMethodSymbol task) => task.Attribute(KnownSymbols.TaskAttribute)?.Named("Execution", 0) == 1;
}
