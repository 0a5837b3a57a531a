using System.ComponentModel;

namespace TypedTasks.Manifest;

/// <summary>A line of the manifest: a class of the assembly implements a contract and can run its tasks.</summary>
/// <param name="handler">The class.</param>
/// <param name="contract">The contract interface.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DeclaresHandlerAttribute(Type handler, Type contract) : Attribute
{
    /// <summary>The class.</summary>
    public Type Handler { get; } = handler;

    /// <summary>The contract interface.</summary>
    public Type Contract { get; } = contract;
}
