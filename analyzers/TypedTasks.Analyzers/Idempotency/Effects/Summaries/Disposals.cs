using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>What the end of a <c>using</c> calls.</summary>
internal static class Disposals
{
    public static IEnumerable<IMethodSymbol> Of(IOperation resources)
    {
        if (resources is IVariableDeclarationGroupOperation group)
        {
            foreach (IVariableDeclarationOperation declaration in group.Declarations)
            {
                foreach (IVariableDeclaratorOperation declarator in declaration.Declarators)
                {
                    if (DisposeOf(declarator.Symbol.Type) is { } dispose)
                    {
                        yield return dispose;
                    }
                }
            }
        }
        else if (resources.Type is { } type && DisposeOf(type) is { } dispose)
        {
            yield return dispose;
        }
    }

    // Only what is written in source matters: what others dispose of is their own business.
    private static IMethodSymbol? DisposeOf(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (string name in (string[])["DisposeAsync", "Dispose"])
            {
                foreach (ISymbol member in current.GetMembers(name))
                {
                    if (member is IMethodSymbol { Parameters.IsEmpty: true, IsStatic: false, DeclaringSyntaxReferences.IsEmpty: false } method)
                    {
                        return method;
                    }
                }
            }
        }

        return null;
    }
}
