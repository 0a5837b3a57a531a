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

    // Keyed weakly: an editor may have a body bound more than once.
    private readonly ConditionalWeakTable<IOperation, BodyOperations> _bodies = new();
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
    public IEnumerable<(IMethodSymbol Method, TaskModel Task)> TasksOf(INamedTypeSymbol contract, CancellationToken cancellationToken)
    {
        ImmutableArray<TaskModel> tasks = Read(contract, cancellationToken).Tasks;
        foreach (IMethodSymbol method in contract.GetMembers().OfType<IMethodSymbol>())
        {
            if (tasks.FirstOrDefault(task => !task.IsInherited && IsOf(task, method)) is { } task)
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

    /// <summary>What is in a body, gathered once.</summary>
    public BodyOperations OperationsOf(ImmutableArray<IOperation> blocks)
    {
        if (!_bodies.TryGetValue(blocks[0], out BodyOperations? operations))
        {
            operations = _bodies.GetValue(blocks[0], _ => new BodyOperations(blocks, Types));
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

    private static bool IsOf(TaskModel task, IMethodSymbol method) =>
        task.MethodName == method.Name &&
        task.Parameters.Select(parameter => parameter.Type.Name).SequenceEqual(method.Parameters.Select(parameter => parameter.Type.ToTypeRef().Name));

    private static void AddTypes(INamespaceOrTypeSymbol container, ImmutableArray<INamedTypeSymbol>.Builder types, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (ISymbol member in container.GetMembers())
        {
            if (member is INamespaceOrTypeSymbol inner)
            {
                if (inner is INamedTypeSymbol type)
                {
                    types.Add(type);
                }

                AddTypes(inner, types, cancellationToken);
            }
        }
    }
}
