using System.ComponentModel;

namespace TypedTasks.Manifest;

/// <summary>A line of the manifest: the assembly declares a queue by a <see cref="TaskQueueAttribute">[TaskQueue]</see> constant.</summary>
/// <param name="name">The queue's name.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DeclaresQueueAttribute(string name) : Attribute
{
    /// <summary>The queue's name.</summary>
    public string Name { get; } = name;

    /// <summary>As <see cref="TaskQueueAttribute.Concurrency"/>.</summary>
    public int Concurrency { get; set; }

    /// <summary>As <see cref="TaskQueueAttribute.Prefetch"/>.</summary>
    public int Prefetch { get; set; } = -1;

    /// <summary>As <see cref="TaskQueueAttribute.External"/>.</summary>
    public bool External { get; set; }
}
