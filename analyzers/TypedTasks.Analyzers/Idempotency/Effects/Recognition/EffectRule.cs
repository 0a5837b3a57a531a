namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>One line of an effects file: what a member of a type does, and which of its arguments say so.</summary>
internal sealed class EffectRule
{
    public EffectRule(EffectKind kind) => Kind = kind;

    public EffectKind Kind { get; }

    /// <summary>The type that declares the member, dotted and without arity; may contain <c>*</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>The member's name; may end in <c>*</c>. <c>.ctor</c> for constructors.</summary>
    public string Member { get; init; } = "";

    /// <summary>The parameter types as written, or null for every overload.</summary>
    public string? Signature { get; init; }

    /// <summary>What the rule's line says that must hold for it to count.</summary>
    public IReadOnlyList<EffectCondition> Conditions { get; init; } = [];

    /// <summary>What names the thing that is written.</summary>
    public IReadOnlyList<string> Identity { get; init; } = [];

    /// <summary>By what the other side recognises a repetition.</summary>
    public IReadOnlyList<string> Token { get; init; } = [];

    /// <summary>Where SQL text is.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>What a write by an expression depends on: where it is given, it stands for a WHERE.</summary>
    public IReadOnlyList<string> Condition { get; init; } = [];

    /// <summary>The table that rows are added to.</summary>
    public IReadOnlyList<string> Table { get; init; } = [];

    /// <summary>The object that is inserted.</summary>
    public IReadOnlyList<string> Entity { get; init; } = [];

    /// <summary>Whether a <c>*</c> stands in the name: such a rule speaks only of what nothing else is known of.</summary>
    public bool IsPattern => Type.IndexOf('*') >= 0 || Member.IndexOf('*') >= 0;

    /// <summary>Whether the type is written out: its subclasses and implementations are meant, too, whatever else is known of them.</summary>
    public bool IsOfKnownType => Type.IndexOf('*') < 0 && Type.IndexOf('.') >= 0;

    /// <summary>Whether the conditions hold for these values; a value that is not known meets none.</summary>
    public bool Holds(CallValues call)
    {
        foreach (EffectCondition condition in Conditions)
        {
            if (!condition.Holds(call))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The constant text of the SQL that a call executes, or null. An update expression is put as the SQL that it stands for.</summary>
    public string? SqlIn(CallValues call) =>
        TextIn(Text, call) is not { } text ? null : Condition.Count == 0 ? text : UpdateExpressions.AsSql(text, TextIn(Condition, call), name => IsSet(call, name));

    /// <summary>The constant name of the table that rows are added to, or null.</summary>
    public string? TableIn(CallValues call) => TextIn(Table, call);

    // :tags with the strings of a set: what is in it already is not added again.
    private static bool IsSet(CallValues call, string name) =>
        call.Values.Select(value => value.Facts?.Get("ExpressionAttributeValues")?.Facts).Select(named => (named?.Get(name) ?? named?.Get(name.TrimStart(':')))?.Facts).Any(given => given is not null && (given.Get("SS") ?? given.Get("NS") ?? given.Get("BS")) is not null);

    private static string? TextIn(IReadOnlyList<string> selectors, CallValues call) =>
        selectors.Select(call.Find).FirstOrDefault(value => value?.Text is not null)?.Text
            ?? selectors.Select(selector => call.Find(selector)?.Facts?.Get("format")).FirstOrDefault(value => value?.Text is not null)?.Text;
}

/// <summary><c>when=mode:Append,OpenOrCreate</c>: an argument has one of these constant values.</summary>
internal sealed class EffectCondition(string selector, IReadOnlyList<string> values)
{
    public bool Holds(CallValues call) =>
        call.Find(selector)?.Text is { } text && values.Any(value => string.Equals(value, text, StringComparison.OrdinalIgnoreCase));
}
