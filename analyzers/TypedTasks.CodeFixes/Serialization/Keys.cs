using Microsoft.CodeAnalysis;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Serialization;

/// <summary>The numbered keys of a payload.</summary>
internal static class Keys
{
    /// <summary>The number after the greatest that the type and its bases use; false where the keys are names.</summary>
    public static bool TryNext(INamedTypeSymbol type, out int next)
    {
        next = 0;
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (ISymbol member in current.GetMembers())
            {
                switch (member.Attribute(KnownSymbols.KeyAttribute)?.ConstructorArguments)
                {
                    case [{ Value: int number }]:
                        next = Math.Max(next, number + 1);
                        break;
                    case [{ Value: string }]:
                        return false;
                }
            }
        }

        return true;
    }
}
