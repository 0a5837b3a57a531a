using Microsoft.CodeAnalysis;
using TypedTasks.Analyzers.Usage;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>A source method that runs a task.</summary>
/// <param name="Method">The method with the body.</param>
/// <param name="Task">The contract's method.</param>
/// <param name="Type">The class that a worker runs: the method's own, or one derived from it.</param>
internal sealed record Handler(IMethodSymbol Method, IMethodSymbol Task, INamedTypeSymbol Type)
{
    public Location Place => Method.Locations[0];

    /// <summary><c>InvoiceWorker.GenerateAsync</c>.</summary>
    public string Name => $"{Method.ContainingType.Name}.{Method.Name.Substring(Method.Name.LastIndexOf('.') + 1)}";

    /// <summary><c>IInvoices.GenerateAsync</c>.</summary>
    public string TaskName => $"{Task.ContainingType.Name}.{Task.Name}";

    /// <summary>The handlers of a class: what it implements, itself or by inheritance, of the tasks of its contracts.</summary>
    public static IEnumerable<Handler> Of(INamedTypeSymbol type, Func<INamedTypeSymbol, bool> isContract)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || type.IsAbstract || type.IsStatic)
        {
            yield break;
        }

        foreach (INamedTypeSymbol contract in type.AllInterfaces)
        {
            if (!isContract(contract))
            {
                continue;
            }

            foreach (ISymbol member in contract.GetMembers())
            {
                if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } task && task.Has(KnownSymbols.TaskAttribute) &&
                    TaskMethods.RunBy(type, task) is { IsAbstract: false, DeclaringSyntaxReferences.IsEmpty: false } method)
                {
                    yield return new Handler(method.PartialImplementationPart ?? method, task, type);
                }
            }
        }
    }
}
