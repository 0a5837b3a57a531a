using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers;

/// <summary>
/// What the compilation and everything that it references declare: the manifests that the generator leaves on assemblies. In ordinal order, whatever the order of
/// files and references.
/// </summary>
internal sealed class TaskManifest
{
    private const string Namespace = "TypedTasks.Manifest.";

    private TaskManifest(IEnumerable<DeclaredContract> contracts, IEnumerable<DeclaredQueue> queues, IEnumerable<DeclaredHandler> handlers)
    {
        Contracts = [.. contracts.OrderBy(contract => contract.Type.ToDisplayString(), StringComparer.Ordinal)];
        Queues = [.. queues.OrderBy(queue => queue.Name, StringComparer.Ordinal).ThenBy(queue => queue.IsLocal)];
        Handlers = [.. handlers.OrderBy(handler => handler.Type.ToDisplayString(), StringComparer.Ordinal)];
    }

    public ImmutableArray<DeclaredContract> Contracts { get; }

    public ImmutableArray<DeclaredQueue> Queues { get; }

    public ImmutableArray<DeclaredHandler> Handlers { get; }

    /// <summary>Reads the manifests of the compilation and of its references.</summary>
    public static TaskManifest Read(Compilation compilation, IAssemblySymbol runtime, CancellationToken cancellationToken)
    {
        List<DeclaredContract> contracts = [];
        List<DeclaredQueue> queues = [];
        List<DeclaredHandler> handlers = [];
        ReadAssembly(compilation.Assembly, isLocal: true);
        foreach (IAssemblySymbol reference in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Only an assembly that knows the runtime can have a manifest.
            if (reference.Modules.Any(module => module.ReferencedAssemblies.Contains(runtime.Identity)))
            {
                ReadAssembly(reference, isLocal: false);
            }
        }

        return new TaskManifest(contracts, queues, handlers);

        void ReadAssembly(IAssemblySymbol assembly, bool isLocal)
        {
            foreach (AttributeData attribute in assembly.GetAttributes())
            {
                if (attribute.AttributeClass is not { } type)
                {
                    continue;
                }

                switch (attribute.ConstructorArguments)
                {
                    case [{ Value: INamedTypeSymbol contract }, { Value: string name }] when type.IsNamed(Namespace + "DeclaresContractAttribute"):
                        contracts.Add(new DeclaredContract(contract, name, isLocal));
                        break;
                    case [{ Value: string name }] when type.IsNamed(KnownSymbols.QueueManifestAttribute):
                        queues.Add(new DeclaredQueue(name, attribute.Named("External", false), isLocal, assembly.Name));
                        break;
                    case [{ Value: INamedTypeSymbol handler }, { Value: INamedTypeSymbol contract }] when type.IsNamed(Namespace + "DeclaresHandlerAttribute"):
                        handlers.Add(new DeclaredHandler(handler, contract));
                        break;
                }
            }
        }
    }
}

/// <summary>A contract that generated code announces.</summary>
/// <param name="Type">The interface.</param>
/// <param name="Name">Its wire name.</param>
/// <param name="IsLocal">Whether it is of this compilation.</param>
internal sealed record DeclaredContract(INamedTypeSymbol Type, string Name, bool IsLocal);

/// <summary>A queue that a [TaskQueue] constant declares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsExternal">Whether its workers live elsewhere.</param>
/// <param name="IsLocal">Whether it is declared in this compilation.</param>
/// <param name="Assembly">The assembly that declares it.</param>
internal sealed record DeclaredQueue(string Name, bool IsExternal, bool IsLocal, string Assembly);

/// <summary>A class that implements a contract.</summary>
/// <param name="Type">The class.</param>
/// <param name="Contract">The contract interface.</param>
internal sealed record DeclaredHandler(INamedTypeSymbol Type, INamedTypeSymbol Contract);
