using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Tasks enqueued by a task: harmless under an id or key of the first one's, or when the second does no harm twice.</summary>
internal static class NestedEnqueues
{
    private static readonly Regex Placeholder = new(@"\{(?<name>\w+)", RegexOptions.CultureInvariant);

    public static Verdict Judge(CallValues call)
    {
        Facts? options = (call.Find("options") ?? call.Find("enqueueOptions"))?.Facts;
        foreach (string name in (string[])["Id", "Key"])
        {
            if (options?.Get(name) is { IsNull: false } given)
            {
                return given.Taint.IsVolatile ? Fresh(given.Taint.Source) : Verdict.Harmless(EffectKind.Enqueue);
            }
        }

        // Of a canvas each step is enqueued again, and one that does harm is enough.
        foreach ((IMethodSymbol? task, Func<string, Value?> find) in ClientCalls.TasksOf(call))
        {
            if (Judge(task, find) is { Rule: not null } unsafeStep)
            {
                return unsafeStep;
            }
        }

        return Verdict.Harmless(EffectKind.Enqueue);
    }

    private static Verdict Judge(IMethodSymbol? task, Func<string, Value?> find)
    {
        if (task?.Attribute(KnownSymbols.IdempotentAttribute) is not { } idempotent)
        {
            return new(Rules.UnsafeEnqueue, EffectKind.Enqueue);
        }

        if (idempotent.Named<string?>("Key", null) is { } template)
        {
            foreach (string name in ParametersOf(template))
            {
                if (find(name) is { Taint: { IsVolatile: true, Source: var fresh } })
                {
                    return Fresh(fresh);
                }
            }

            return Verdict.Harmless(EffectKind.Enqueue);
        }

        // Harmless to repeat is the same task; one that is given an id of this attempt's is another one.
        return FreshId(task, find) is { } source ? Fresh(source) : Verdict.Harmless(EffectKind.Enqueue);
    }

    private static string? FreshId(IMethodSymbol task, Func<string, Value?> find)
    {
        foreach (IParameterSymbol parameter in task.Parameters)
        {
            if (parameter.Type.IsNamed("System.Guid") && find(parameter.Name) is { Taint: { IsVolatile: true, Source: var source } })
            {
                return source ?? parameter.Name;
            }
        }

        return null;
    }

    private static Verdict Fresh(string? source) => new(Rules.UnsafeEnqueue, EffectKind.Enqueue, source);

    /// <summary>The parameters that a key's template names.</summary>
    public static IEnumerable<string> ParametersOf(string template) =>
        template.IndexOf('{') < 0 ? [template] : Placeholder.Matches(template).Cast<Match>().Select(match => match.Groups["name"].Value);
}
