using System.ComponentModel;

namespace TypedTasks.Manifest;

/// <summary>A line of the manifest: a contract of the assembly declares a task. Inherited tasks are listed where they are declared.</summary>
/// <param name="contract">The contract interface that declares it.</param>
/// <param name="name">The name on the wire: <c>invoices.generate</c>.</param>
/// <param name="queue">The queue's name.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DeclaresTaskAttribute(Type contract, string name, string queue) : Attribute
{
    /// <summary>The contract interface that declares it.</summary>
    public Type Contract { get; } = contract;

    /// <summary>The name on the wire.</summary>
    public string Name { get; } = name;

    /// <summary>The queue's name.</summary>
    public string Queue { get; } = queue;

    /// <summary>Attempts before the task becomes a dead letter.</summary>
    public int MaxAttempts { get; set; }

    /// <summary>Whether it is declared harmless to repeat, by claim or by key.</summary>
    public bool Idempotent { get; set; }

    /// <summary>The idempotency key's template, or null.</summary>
    public string? Key { get; set; }

    /// <summary>Whether it is settled before it runs.</summary>
    public bool AtMostOnce { get; set; }

    /// <summary>Whether its outcome is kept for callers to read.</summary>
    public bool KeepsOutcome { get; set; } = true;
}
