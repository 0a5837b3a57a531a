using Microsoft.CodeAnalysis;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Usage;

/// <summary>The tasks that methods of handlers run, and what their contracts say.</summary>
internal static class TaskMethods
{
    /// <summary>The tasks that the methods of a class run, by their methods; null for a class that implements no contract.</summary>
    public static Dictionary<IMethodSymbol, IMethodSymbol>? Of(INamedTypeSymbol owner, KnownTypes types)
    {
        Dictionary<IMethodSymbol, IMethodSymbol>? tasks = null;
        foreach (INamedTypeSymbol contract in owner.AllInterfaces)
        {
            if (!AnalysisScope.HasAttribute(contract, types.TaskContractAttribute))
            {
                continue;
            }

            foreach (ISymbol member in contract.GetMembers())
            {
                if (member is IMethodSymbol task && AnalysisScope.HasAttribute(task, types.TaskAttribute) && owner.FindImplementationForInterfaceMember(task) is IMethodSymbol method)
                {
                    tasks ??= new(SymbolEqualityComparer.Default);
                    if (!tasks.ContainsKey(method))
                    {
                        tasks.Add(method, task);
                    }
                }
            }
        }

        return tasks;
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
