using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using TypedTasks.Analyzers.Usage;
using TypedTasks.Shared;
using TypedTasks.Shared.Model;

namespace TypedTasks.Analyzers;

/// <summary>
/// What all rules know of one compilation, found once and shared between the analyzers: the known types, each contract's reading, the manifests.
/// Safe from any thread; every question is answered the same whatever the order in which it is asked.
/// </summary>
internal sealed class TaskCompilation
{
    // Names of assemblies that only a test project references.
    private static readonly string[] TestFrameworks = ["xunit.core", "xunit.v3.core", "xunit.assert", "xunit.v3.assert", "nunit.framework", "Microsoft.VisualStudio.TestPlatform.TestFramework", "MSTest.TestFramework", "TUnit.Core"];

    // Keyed weakly: the facts go with the compilation.
    private static readonly ConditionalWeakTable<Compilation, TaskCompilation> Known = new();

    private readonly ConcurrentDictionary<INamedTypeSymbol, ContractReading> _readings = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, Dictionary<IMethodSymbol, IMethodSymbol>?> _tasks = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<(string Rule, ISymbol Symbol), bool> _reported = new();

    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableArray<(IMethodSymbol Method, TaskModel Task)>> _own = new(SymbolEqualityComparer.Default);

    // The last bodies that were asked for, each at a place that its first operation decides: the analyzers ask for one body one after the other. Nothing is locked, and nothing is kept for long.
    private readonly BodyOperations?[] _bodies = new BodyOperations?[64];
    private readonly Lazy<bool> _isTestProject;
    private TaskManifest? _manifest;
    private ImmutableArray<INamedTypeSymbol> _sourceTypes;

    private TaskCompilation(Compilation compilation, KnownTypes types)
    {
        Compilation = compilation;
        Types = types;
        _isTestProject = new Lazy<bool>(() => compilation.ReferencedAssemblyNames.Any(reference => TestFrameworks.Contains(reference.Name, StringComparer.OrdinalIgnoreCase)));
    }

    public Compilation Compilation { get; }

    public KnownTypes Types { get; }

    /// <summary>Whether the project references a test framework: there, hosts are incomplete on purpose, and handlers are called directly.</summary>
    public bool IsTestProject => _isTestProject.Value;

    /// <summary>Whether the project is a program rather than a library.</summary>
    public bool IsProgram => Compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication;

    /// <summary>The facts of a compilation, or null where it does not know TypedTasks.</summary>
    public static TaskCompilation? For(Compilation compilation)
    {
        if (Known.TryGetValue(compilation, out TaskCompilation? known))
        {
            return known;
        }

        return KnownTypes.Find(compilation) is { } types
            ? Known.GetValue(compilation, key => new TaskCompilation(key, types))
            : null;
    }

    /// <summary>The reading of a contract, made once.</summary>
    public ContractReading Read(INamedTypeSymbol contract, CancellationToken cancellationToken)
    {
        if (!_readings.TryGetValue(contract, out ContractReading? reading))
        {
            reading = ContractReader.Read(contract, Compilation, cancellationToken);
            _readings.TryAdd(contract, reading);
        }

        return reading;
    }

    /// <summary>The tasks that a contract itself declares, each with its method; of a contract with problems those that have none.</summary>
    public ImmutableArray<(IMethodSymbol Method, TaskModel Task)> TasksOf(INamedTypeSymbol contract, CancellationToken cancellationToken)
    {
        if (!_own.TryGetValue(contract, out ImmutableArray<(IMethodSymbol Method, TaskModel Task)> own))
        {
            own = [.. OwnOf(contract, Read(contract, cancellationToken).Tasks)];
            _own.TryAdd(contract, own);
        }

        return own;
    }

    private static IEnumerable<(IMethodSymbol Method, TaskModel Task)> OwnOf(INamedTypeSymbol contract, ImmutableArray<TaskModel> tasks)
    {
        foreach (IMethodSymbol method in contract.GetMembers().OfType<IMethodSymbol>())
        {
            bool isOverloaded = contract.GetMembers(method.Name).Length > 1;
            if (tasks.FirstOrDefault(task => !task.IsInherited && task.MethodName == method.Name && (!isOverloaded || HasParametersOf(task, method))) is { } task)
            {
                yield return (method, task);
            }
        }
    }

    /// <summary>The contract's method that a handler's method implements, explicitly or by its name; null for any other method.</summary>
    public IMethodSymbol? TaskOf(ISymbol? symbol)
    {
        if (symbol is not IMethodSymbol { ContainingType: { TypeKind: TypeKind.Class or TypeKind.Struct, AllInterfaces.IsEmpty: false } owner } method)
        {
            return null;
        }

        if (!_tasks.TryGetValue(owner, out Dictionary<IMethodSymbol, IMethodSymbol>? tasks))
        {
            tasks = TaskMethods.Of(owner, Types);
            _tasks.TryAdd(owner, tasks);
        }

        return tasks is not null && tasks.TryGetValue(method, out IMethodSymbol? task) ? task : null;
    }

    /// <summary>What is in a body, gathered once for those who ask for it one after the other.</summary>
    public BodyOperations OperationsOf(ImmutableArray<IOperation> blocks)
    {
        ref BodyOperations? place = ref _bodies[RuntimeHelpers.GetHashCode(blocks[0]) % _bodies.Length];
        BodyOperations? operations = Volatile.Read(ref place);
        if (operations is null || !operations.IsOf(blocks))
        {
            operations = new BodyOperations(blocks, Types);
            Volatile.Write(ref place, operations);
        }

        return operations;
    }

    /// <summary>The manifests of this compilation and its references.</summary>
    public TaskManifest Manifest(CancellationToken cancellationToken) =>
        LazyInitializer.EnsureInitialized(ref _manifest, () => TaskManifest.Read(Compilation, Types.TaskContractAttribute.ContainingAssembly, cancellationToken))!;

    /// <summary>Every type that is declared in source, nested ones included, in no particular order.</summary>
    public ImmutableArray<INamedTypeSymbol> SourceTypes(CancellationToken cancellationToken)
    {
        if (_sourceTypes.IsDefault)
        {
            ImmutableArray<INamedTypeSymbol>.Builder types = ImmutableArray.CreateBuilder<INamedTypeSymbol>();
            AddTypes(Compilation.Assembly.GlobalNamespace, types, cancellationToken);
            ImmutableInterlocked.InterlockedInitialize(ref _sourceTypes, types.ToImmutable());
        }

        return _sourceTypes;
    }

    /// <summary>True the first time only, for what several contracts would report of one symbol in the same words.</summary>
    public bool IsFirst(DiagnosticDescriptor rule, ISymbol symbol) => _reported.TryAdd((rule.Id, symbol), true);

    private static bool HasParametersOf(TaskModel task, IMethodSymbol method) =>
        task.Parameters.Select(parameter => parameter.Type.Name).SequenceEqual(method.Parameters.Select(parameter => parameter.Type.ToTypeRef().Name));

    private static void AddTypes(INamespaceOrTypeSymbol container, ImmutableArray<INamedTypeSymbol>.Builder types, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (container is INamespaceSymbol space)
        {
            foreach (INamespaceSymbol inner in space.GetNamespaceMembers())
            {
                AddTypes(inner, types, cancellationToken);
            }
        }

        // Not all members: those of generated types would be made for nothing.
        foreach (INamedTypeSymbol type in container.GetTypeMembers())
        {
            types.Add(type);
            AddTypes(type, types, cancellationToken);
        }
    }
}
