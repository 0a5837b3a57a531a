using Microsoft.CodeAnalysis;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>The handlers of a compilation by the file that their method is written in. Found when first asked for; safe from any thread.</summary>
internal sealed class HandlerPlaces(TaskCompilation tasks)
{
    private Dictionary<SyntaxTree, List<Handler>>? _byFile;

    /// <summary>The handlers whose methods are in a file, in the order of their places.</summary>
    public IReadOnlyList<Handler> In(SyntaxTree file, CancellationToken cancellationToken) =>
        LazyInitializer.EnsureInitialized(ref _byFile, () => Find(cancellationToken))!.TryGetValue(file, out List<Handler>? handlers) ? handlers : [];

    private Dictionary<SyntaxTree, List<Handler>> Find(CancellationToken cancellationToken)
    {
        Dictionary<SyntaxTree, List<Handler>> byFile = [];

        // What is generated implements the same few interfaces many times.
        Dictionary<INamedTypeSymbol, bool> contracts = new(SymbolEqualityComparer.Default);
        foreach (INamedTypeSymbol type in tasks.SourceTypes(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (Handler handler in Handler.Of(type, IsContract))
            {
                if (handler.Place.SourceTree is { } file)
                {
                    if (!byFile.TryGetValue(file, out List<Handler>? handlers))
                    {
                        byFile[file] = handlers = [];
                    }

                    handlers.Add(handler);
                }
            }
        }

        foreach (List<Handler> handlers in byFile.Values)
        {
            handlers.Sort(InOrder);
        }

        return byFile;

        bool IsContract(INamedTypeSymbol type)
        {
            if (!contracts.TryGetValue(type.OriginalDefinition, out bool isContract))
            {
                contracts[type.OriginalDefinition] = isContract = type.IsTaskContract();
            }

            return isContract;
        }
    }

    // Names only tell apart what is at one place.
    private static int InOrder(Handler one, Handler other) =>
        one.Place.SourceSpan.Start.CompareTo(other.Place.SourceSpan.Start) is not 0 and var order
            ? order
            : (one.Type.ToDisplayString(), one.TaskName).CompareTo((other.Type.ToDisplayString(), other.TaskName));
}
