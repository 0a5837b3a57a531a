using Microsoft.CodeAnalysis;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers;

/// <summary>TypedTasks' own types as one compilation sees them. Compare with <see cref="SymbolEqualityComparer"/>, against a type's original definition.</summary>
internal sealed class KnownTypes
{
    private const string Runtime = "TypedTasks";

    private readonly Lazy<INamedTypeSymbol?> _valueTaskOfT;

    private KnownTypes(Compilation compilation, INamedTypeSymbol taskContract)
    {
        // All of them are in one assembly: no other is searched for them.
        IAssemblySymbol runtime = taskContract.ContainingAssembly;
        TaskContractAttribute = taskContract;
        TaskAttribute = runtime.GetTypeByMetadataName(KnownSymbols.TaskAttribute);
        TaskQueueAttribute = runtime.GetTypeByMetadataName(KnownSymbols.TaskQueueAttribute);
        IdempotentAttribute = runtime.GetTypeByMetadataName(KnownSymbols.IdempotentAttribute);
        AtMostOnceAttribute = runtime.GetTypeByMetadataName(KnownSymbols.AtMostOnceAttribute);
        ScheduleAttribute = runtime.GetTypeByMetadataName(KnownSymbols.ScheduleAttribute);
        TaskContext = runtime.GetTypeByMetadataName(KnownSymbols.TaskContext);
        TaskClient = runtime.GetTypeByMetadataName("TypedTasks.ITaskClient`1");
        TaskHandle = runtime.GetTypeByMetadataName("TypedTasks.TaskHandle`1");
        TaskCall = runtime.GetTypeByMetadataName("TypedTasks.TaskCall`3");
        TaskCanvas = runtime.GetTypeByMetadataName("TypedTasks.ITaskCanvas");
        Canvas = runtime.GetTypeByMetadataName("TypedTasks.Canvas");
        TaskChain = runtime.GetTypeByMetadataName("TypedTasks.TaskChain`1");
        TaskGroup = runtime.GetTypeByMetadataName("TypedTasks.TaskGroup`1");
        TaskLink = runtime.GetTypeByMetadataName("TypedTasks.TaskLink`2");
        NoResult = runtime.GetTypeByMetadataName("TypedTasks.NoResult");
        EnqueueOptions = runtime.GetTypeByMetadataName("TypedTasks.EnqueueOptions");
        TypedTasksBuilder = runtime.GetTypeByMetadataName("TypedTasks.TypedTasksBuilder");
        _valueTaskOfT = new(() => compilation.GetTypeByMetadataName(KnownSymbols.ValueTask + "`1"));
    }

    public INamedTypeSymbol TaskContractAttribute { get; }

    public INamedTypeSymbol? TaskAttribute { get; }

    public INamedTypeSymbol? TaskQueueAttribute { get; }

    public INamedTypeSymbol? IdempotentAttribute { get; }

    public INamedTypeSymbol? AtMostOnceAttribute { get; }

    public INamedTypeSymbol? ScheduleAttribute { get; }

    public INamedTypeSymbol? TaskContext { get; }

    /// <summary><c>ITaskClient&lt;TContract&gt;</c>.</summary>
    public INamedTypeSymbol? TaskClient { get; }

    /// <summary><c>TaskHandle&lt;TResult&gt;</c>.</summary>
    public INamedTypeSymbol? TaskHandle { get; }

    /// <summary><c>TaskCall&lt;TContract, TResult, TArguments&gt;</c>.</summary>
    public INamedTypeSymbol? TaskCall { get; }

    /// <summary><c>ITaskCanvas</c>.</summary>
    public INamedTypeSymbol? TaskCanvas { get; }

    /// <summary>The class that begins a canvas.</summary>
    public INamedTypeSymbol? Canvas { get; }

    /// <summary><c>TaskChain&lt;TResult&gt;</c>.</summary>
    public INamedTypeSymbol? TaskChain { get; }

    /// <summary><c>TaskGroup&lt;TResult&gt;</c>.</summary>
    public INamedTypeSymbol? TaskGroup { get; }

    /// <summary><c>TaskLink&lt;TInput, TResult&gt;</c>.</summary>
    public INamedTypeSymbol? TaskLink { get; }

    public INamedTypeSymbol? NoResult { get; }

    public INamedTypeSymbol? EnqueueOptions { get; }

    public INamedTypeSymbol? TypedTasksBuilder { get; }

    public INamedTypeSymbol? ValueTaskOfT => _valueTaskOfT.Value;

    /// <summary>The types, or null in a compilation that does not know TypedTasks.</summary>
    public static KnownTypes? Find(Compilation compilation) =>
        (OfRuntime(compilation) ?? compilation.GetTypeByMetadataName(KnownSymbols.TaskContractAttribute)) is { } contract ? new KnownTypes(compilation, contract) : null;

    // Asked of the runtime itself. The compilation looks among its own declarations first, and has to parse what was generated to do so, which is then charged to the analyzers.
    private static INamedTypeSymbol? OfRuntime(Compilation compilation)
    {
        foreach (IAssemblySymbol reference in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (reference.Identity.Name == Runtime)
            {
                return reference.GetTypeByMetadataName(KnownSymbols.TaskContractAttribute);
            }
        }

        return null;
    }

    /// <summary>Whether the two are one type definition; false where either is missing.</summary>
    public static bool Same(ITypeSymbol? type, INamedTypeSymbol? known) =>
        type is not null && known is not null && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, known);
}
