using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>Looks for what the other side recognises a repetition by: a header, a message id, a member of the body.</summary>
internal static class Tokens
{
    private const int Depth = 3;

    /// <summary>Whether there is a token, and what makes it fresh in every attempt, if something does.</summary>
    public static (bool Has, string? Fresh) Find(EffectRule rule, CallValues call, EffectCatalogue catalogue)
    {
        foreach (string selector in rule.Token)
        {
            if (Given(call, selector) is { } value)
            {
                return (true, value.Taint.IsVolatile ? value.Taint.Source : null);
            }
        }

        foreach (IParameterSymbol parameter in call.Method?.Parameters ?? [])
        {
            bool isToken = catalogue.IsToken(parameter.Name);
            if ((isToken || (rule.IsPattern && catalogue.IsReference(parameter.Name))) && Given(call, parameter.Name) is { } argument)
            {
                if (!argument.Taint.IsVolatile)
                {
                    return (true, null);
                }

                if (isToken && !IsTrace(parameter.Name))
                {
                    return (true, argument.Taint.Source);
                }
            }
        }

        foreach (Value value in call.Values)
        {
            if (Within(value, catalogue, 0) is { Has: true } found)
            {
                return found;
            }
        }

        return default;
    }

    private static (bool Has, string? Fresh) Within(Value value, EffectCatalogue catalogue, int depth)
    {
        // What a lambda writes into what it is given: publish.Publish(message, context => context.MessageId = id).
        foreach (Facts? facts in (Facts?[])[value.Facts, value.Code?.Written])
        {
            if (facts is null || depth > Depth)
            {
                continue;
            }

            foreach (KeyValuePair<string, Value> member in facts.Members)
            {
                if (catalogue.IsToken(member.Key))
                {
                    if (member.Value.IsNull)
                    {
                        continue;
                    }

                    if (!member.Value.Taint.IsVolatile)
                    {
                        return (true, null);
                    }

                    if (!IsTrace(member.Key))
                    {
                        return (true, member.Value.Taint.Source);
                    }
                }
                else if (!ReferenceEquals(member.Value.Facts, facts) && Within(member.Value, catalogue, depth + 1) is { Has: true } found)
                {
                    return found;
                }
            }
        }

        return default;
    }

    /// <summary>The value of an argument that is given and is not null.</summary>
    public static Value? Given(CallValues call, string selector) =>
        call.Find(selector) is { IsNull: false } value && (value.Text is not null || value.Taint != default || value.Facts is not null || selector.IndexOf('.') >= 0 || IsGiven(call, selector)) ? value : null;

    // A fresh request id is for tracing; a fresh idempotency key is a mistake.
    private static bool IsTrace(string name) => name.EndsWith("Request-Id", StringComparison.OrdinalIgnoreCase) || name.EndsWith("RequestId", StringComparison.OrdinalIgnoreCase);

    // A parameter of a handler is given, though nothing is known of it.
    private static bool IsGiven(CallValues call, string selector) =>
        call.Method?.Parameters.FirstOrDefault(parameter => parameter.Name == selector) is { IsOptional: false };
}
