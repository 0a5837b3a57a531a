using Microsoft.CodeAnalysis;
using TypedTasks.Shared;

namespace TypedTasks.CodeFixes.Routing;

/// <summary>The constants by which a project declares queues.</summary>
internal static class QueueConstants
{
    public static IEnumerable<IFieldSymbol> In(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(member => member switch
    {
        INamespaceOrTypeSymbol inner => In(inner),
        IFieldSymbol { IsConst: true } field when QueueReader.Declared(field) is not null => [field],
        _ => Enumerable.Empty<IFieldSymbol>(),
    });
}
