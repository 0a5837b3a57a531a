namespace TypedTasks.Shared.Model;

/// <summary>A duration and how its author wrote it.</summary>
internal readonly record struct Duration(long Ticks, string Text)
{
    public static Duration Zero { get; } = new(0, "none");
}
