using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>The values of one call, by the called method's parameter names.</summary>
internal sealed class CallValues(IMethodSymbol? method, IReadOnlyList<Value> values)
{
    public static CallValues None { get; } = new(null, []);

    public IMethodSymbol? Method { get; } = method;

    /// <summary>The receiver, then the arguments in the order of the parameters.</summary>
    public IReadOnlyList<Value> Values { get; } = values;

    /// <summary>The value that a selector names: <c>this</c>, <c>first</c>, a parameter, or a member of any (<c>request.Method</c>), or a member of that.</summary>
    public Value? Find(string selector)
    {
        int dot = selector.IndexOf('.');
        string name = dot < 0 ? selector : selector.Substring(0, dot);
        int index = IndexOf(name);
        if (index < 0 || index >= Values.Count)
        {
            return null;
        }

        // A member of an object, or what a lambda gives it: request => request.Id(id).
        Value? found = Values[index];
        while (dot >= 0 && found is not null)
        {
            int next = selector.IndexOf('.', dot + 1);
            found = (found.Facts ?? found.Code?.Written)?.Get(selector.Substring(dot + 1, (next < 0 ? selector.Length : next) - dot - 1));
            dot = next;
        }

        return found;
    }

    /// <summary>The call's values without what its delegates do, which is written down where they run: only what they write into their parameters stays.</summary>
    public static CallValues WithoutCode(IMethodSymbol? method, IReadOnlyList<Value> values) =>
        new(method, [.. values.Select(value => value.Code is { } code ? value with { Code = new DelegateCode([], Value.Stable, code.Written) } : value)]);

    public CallValues Bound(Binding binding) => Values.Count == 0 ? this : new(Method, [.. Values.Select(value => binding.Bind(value))]);

    private int IndexOf(string name)
    {
        if (name == "this")
        {
            return 0;
        }

        if (name == "first" && Values.Count > 1)
        {
            return Method?.IsExtensionMethod == true && Values.Count > 2 ? 2 : 1;
        }

        if (Method is not null)
        {
            foreach (IParameterSymbol parameter in Method.Parameters)
            {
                if (parameter.Name == name)
                {
                    return parameter.Ordinal + 1;
                }
            }
        }

        return -1;
    }
}
