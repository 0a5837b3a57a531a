using System.ComponentModel;

namespace TypedTasks.Manifest;

/// <summary>
/// A line of the manifest that generated code puts on its assembly: the assembly declares a contract.
/// Analyzers read manifests across references, so that they can judge routes, names and workers without seeing the source.
/// </summary>
/// <param name="contract">The contract interface.</param>
/// <param name="name">Its wire name.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DeclaresContractAttribute(Type contract, string name) : Attribute
{
    /// <summary>The contract interface.</summary>
    public Type Contract { get; } = contract;

    /// <summary>Its wire name.</summary>
    public string Name { get; } = name;
}
