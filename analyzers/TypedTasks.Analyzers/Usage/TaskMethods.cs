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
                if (member is IMethodSymbol task && AnalysisScope.HasAttribute(task, types.TaskAttribute) && RunBy(owner, task) is { } method)
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

    /// <summary>The method of a class that runs a contract's method: what implements it, or what overrides that.</summary>
    public static IMethodSymbol? RunBy(INamedTypeSymbol owner, IMethodSymbol task)
    {
        if (owner.FindImplementationForInterfaceMember(task) is not IMethodSymbol method)
        {
            return null;
        }

        // The class that names the interface may leave the method to those that derive from it.
        bool isOverridable = method.IsAbstract || method.IsVirtual || method.IsOverride;
        for (INamedTypeSymbol? type = owner; isOverridable && type is not null && !SymbolEqualityComparer.Default.Equals(type, method.ContainingType); type = type.BaseType)
        {
            foreach (ISymbol member in type.GetMembers(method.Name))
            {
                for (IMethodSymbol? overridden = (member as IMethodSymbol)?.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
                {
                    if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method.OriginalDefinition))
                    {
                        return (IMethodSymbol)member;
                    }
                }
            }
        }

        return method;
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
