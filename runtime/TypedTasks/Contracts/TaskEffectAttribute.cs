namespace TypedTasks;

/// <summary>
/// Says what a method does outside the task, for the analyzers of the projects that call it: they see one compilation at a time, and not into yours.
/// Checked against the body where it is compiled (TT440).
/// </summary>
/// <remarks>Nothing of it is there at run time.</remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor, Inherited = false)]
public sealed class TaskEffectAttribute : Attribute
{
    /// <summary>Declares the effect.</summary>
    /// <param name="effect">What the method does; where it does several things, the one that is worst to repeat.</param>
    public TaskEffectAttribute(TaskEffect effect) => Effect = effect;

    /// <summary>What the method does.</summary>
    public TaskEffect Effect { get; }

    /// <summary>
    /// The parameter by which the other side recognises a repetition, if there is one: a call with a value that is the same in every attempt is then harmless,
    /// and one with a fresh value is TT418.
    /// </summary>
    public string? Identity { get; set; }
}
