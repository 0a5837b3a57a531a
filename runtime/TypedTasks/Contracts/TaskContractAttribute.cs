namespace TypedTasks;

/// <summary>
/// Marks an interface as a task contract: the one description that producers and workers share.
/// The generator turns each of its <see cref="TaskAttribute">[Task]</see> methods into a call value, a client method and a dispatcher arm.
/// </summary>
/// <remarks>
/// The interface is not generic and at least internal. Its members are task methods, or helpers with a default implementation.
/// A contract may inherit other contracts; the inherited tasks keep the route of the contract that declares them.
/// </remarks>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class TaskContractAttribute : Attribute
{
    /// <summary>A contract whose wire name is derived from the interface: <c>IInvoiceMail</c> is <c>invoice-mail</c>.</summary>
    public TaskContractAttribute()
    {
    }

    /// <summary>A contract with an explicit wire name, which then survives a rename of the interface.</summary>
    /// <param name="name">Letters, digits, <c>-</c> and <c>_</c>; at most 64 characters.</param>
    public TaskContractAttribute(string name) => Name = name;

    /// <summary>The wire name, or null where it is derived from the interface's name.</summary>
    public string? Name { get; }

    /// <summary>The queue of the contract's tasks that name none themselves; <c>default</c> when null.</summary>
    public string? Queue { get; set; }
}
