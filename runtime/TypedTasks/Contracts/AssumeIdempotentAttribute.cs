namespace TypedTasks;

/// <summary>
/// Says that what a method does is harmless to repeat for a reason that the analyzers cannot see: the other side recognises a repetition by itself.
/// The analyzers then say nothing of the method's effects; TT441 asks for the reason.
/// </summary>
/// <remarks>On a type it holds for all its methods. Nothing of it is there at run time.</remarks>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface,
    Inherited = false)]
public sealed class AssumeIdempotentAttribute : Attribute
{
    /// <summary>Vouches for the method.</summary>
    /// <param name="reason">Why a repetition is harmless, for the next reader: <c>"the provider deduplicates by order id"</c>.</param>
    public AssumeIdempotentAttribute(string reason) => Reason = reason;

    /// <summary>Why a repetition is harmless.</summary>
    public string Reason { get; }
}
