namespace TypedTasks;

/// <summary>
/// Says that a method has no effect outside the task that would show if it ran twice: it computes, reads or logs.
/// The analyzers believe it of code that they cannot see, and check it where they can (TT440).
/// </summary>
/// <remarks>On a type it holds for all its members. Nothing of it is there at run time.</remarks>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface,
    Inherited = false)]
public sealed class EffectFreeAttribute : Attribute;
