namespace TypedTasks;

/// <summary>
/// Asks the generator for a codec of a type that no contract names, but that a handler reports as progress or returns from an effect.
/// Types in contracts need no mark.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Interface, Inherited = false)]
public sealed class TaskPayloadAttribute : Attribute;
