using System.Collections.Immutable;
using TypedTasks.Client;
using TypedTasks.Envelopes;

namespace TypedTasks.Canvases;

/// <summary>What is refused before anything of a canvas is sent.</summary>
internal static class CanvasCheck
{
    /// <summary>What every step carries by the options.</summary>
    /// <exception cref="ArgumentException">The options contradict each other, or hold a key; or there are too many steps.</exception>
    internal static EnvelopeAttributes ToAttributes(ImmutableArray<CanvasElement> elements, in EnqueueOptions options, DateTimeOffset now, DateTimeOffset notBefore)
    {
        int steps = elements.Sum(element => element.Steps);
        if (steps > Canvas.MaxSteps)
        {
            throw new ArgumentException($"The canvas has {steps:N0} steps, and may have {Canvas.MaxSteps:N0}. Enqueue it in parts, or let a step enqueue canvases of its own.", nameof(elements));
        }

        return options.Key is null
            ? options.ToAttributes(FirstOf(elements[0]), now, notBefore)
            : throw new ArgumentException("EnqueueOptions.Key cannot be given to a canvas: each step that is keyed derives its own from its arguments.", nameof(options));
    }

    private static TaskDescriptor FirstOf(CanvasElement element) => element is CanvasGroup group ? FirstOf(group.Members[0][0]) : ((CanvasStep)element).Task;
}
