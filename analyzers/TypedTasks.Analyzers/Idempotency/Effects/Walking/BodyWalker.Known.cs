using Microsoft.CodeAnalysis;
using TypedTasks.Shared;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <content>Calls whose bodies are elsewhere.</content>
internal sealed partial class BodyWalker
{
    private static readonly string[] Setters = ["Set", "With", "Use"];

    /// <summary>A call that the catalogue knows.</summary>
    private Value Known(IReadOnlyList<EffectRule> rules, IMethodSymbol method, Value[] values, Location location)
    {
        EffectKind kind = rules[0].Kind;
        RunDelegates(method, values);
        if (kind is EffectKind.Free or EffectKind.Observe or EffectKind.Volatile or EffectKind.Fixed or EffectKind.Scratch)
        {
            return ResultOf(rules[0], $"{method.ContainingType.Name}.{method.Name}", Joined(values));
        }

        Add(new EffectEvent
        {
            Kind = kind switch
            {
                EffectKind.Commit => EventKind.Commit,
                EffectKind.Begin => EventKind.Begin,
                _ => EventKind.Effect,
            },
            Chain = new Chain(ShortName(method), location),
            Rules = rules,
            Call = CallValues.WithoutCode(method.ReducedFrom ?? method, values),
            Guards = _guards,
            Path = _path,
            IsExternal = kind is not (EffectKind.StagedInsert or EffectKind.StagedStore or EffectKind.StagedModify or EffectKind.StagedWrite or EffectKind.Shared or EffectKind.Begin) && !(kind is EffectKind.Read or EffectKind.Seen && IsLocal(method)),
        });

        Value result = ResultOf(kind is EffectKind.Claim && !rules[0].Holds(new CallValues(method, values)) ? EffectRules.Write : rules[0], "", Joined(values));
        if (kind == EffectKind.Sql && rules[0].SqlIn(new CallValues(method, values)) is { } query)
        {
            // What an INSERT that yields to others, or an UPDATE of one state, gives back is this attempt's alone.
            result = result with { Query = query, ReadBy = query, Evidence = GivesRows(method) && SqlText.Claims(query) ? Evidence.Fresh : result.Evidence };
        }

        if (kind == EffectKind.Read && KeyOf(method, values) is { } key)
        {
            result = result with { ReadBy = key };
        }

        return result with { IsLoaded = result.Taint.IsExternal && Awaitables.Result(method.ReturnType) is { IsReferenceType: true, SpecialType: not SpecialType.System_String } };
    }

    // And not how many of them there were.
    private static bool GivesRows(IMethodSymbol method) => method.Name is not ("Execute" or "ExecuteAsync") &&
        !method.Name.StartsWith("ExecuteNonQuery", StringComparison.Ordinal) && !method.Name.StartsWith("ExecuteSql", StringComparison.Ordinal);

    // A cache's entry, by the name that it has in the text: what is read, counted up and written under the same is counted up in the cache.
    private static string? KeyOf(IMethodSymbol method, Value[] values)
    {
        int first = method.IsExtensionMethod ? 2 : 1;
        return values.Length > first && values[first].Text is { } key && (method.ReducedFrom ?? method).Parameters[first - 1].Name == "key" ? key : null;
    }

    private Value AddEffect(EffectKind kind, IMethodSymbol method, Value[] values, Location location) => Known([EffectRules.Of(kind)], method, values, location);

    /// <summary>What a call of this kind returns.</summary>
    private static Value ResultOf(EffectRule rule, string name, Value given) => rule.Kind switch
    {
        EffectKind.Volatile => Value.Of(given.Taint.Join(Taint.Volatile(name))),
        EffectKind.Fixed => Value.Stable,
        EffectKind.Scratch => Value.Of(Taint.Scratch),
        EffectKind.Free or EffectKind.Observe => new Value { Taint = given.Taint, Facts = given.Facts },
        EffectKind.Seen => new Value { Taint = Taint.External, Evidence = Evidence.Seen },
        EffectKind.Claim => new Value { Taint = Taint.External, Evidence = Evidence.Fresh },
        EffectKind.Read => Value.External,

        // What the other side answers, or a process remembers, is not what a row says that was written only once.
        EffectKind.Send or EffectKind.Notify or EffectKind.Enqueue or EffectKind.Process or EffectKind.Append or EffectKind.Shared => Value.External,
        _ => new Value { Taint = Taint.External, Evidence = Evidence.Outcome },
    };

    /// <summary>A call of which nothing is known but its name.</summary>
    private Value Unknown(IMethodSymbol method, Value[] values, Location location)
    {
        Value given = Joined(values);
        if (_model.Catalogue.IsObserved(method.ContainingType))
        {
            RunDelegates(method, values);
            return given;
        }

        bool isAsync = Awaitables.Is(method.ReturnType);
        bool isFramework = IsFramework(method);
        if (!isFramework && (HttpInterfaces.RuleOf(method, _model.Catalogue) is { } declared ? [declared] : _model.Catalogue.PatternsFor(method)) is { Count: > 0 } rules)
        {
            return Known(rules, method, values, location);
        }

        RunDelegates(method, values);
        if (!isFramework && method.IsExtensionMethod && values.Length > 3 && values[1].Facts is null)
        {
            // $"{service}/parcels".WithHeader("Idempotency-Key", id): the request begins with a text, which remembers nothing.
            values[1] = values[1] with { Facts = new Facts() };
        }

        Remember(method, values);
        given = Joined(values);
        if (!isFramework)
        {
            bool isCommit = Vocabulary.IsCommit(method.Name);
            Add(new EffectEvent
            {
                Kind = isCommit ? EventKind.Commit : EventKind.Unknown,
                Chain = new Chain(ShortName(method), location),
                Guards = _guards,
                Path = _path,
                IsExternal = isAsync || isCommit,
            });
        }

        if (IsFluent(method))
        {
            return values[method.IsExtensionMethod ? 1 : 0];
        }

        ITypeSymbol? result = Awaitables.Result(method.ReturnType);
        bool isElsewhere = !isFramework && (isAsync || method.ContainingType.TypeKind == TypeKind.Interface);
        Taint taint = isElsewhere ? Asked(method, values).Join(Taint.External) : given.Taint;
        return new Value
        {
            Taint = taint,
            Facts = (isElsewhere ? null : FactsOf(method, values) ?? given.Facts) ?? FactsOfRequests(result),
            ReadBy = isFramework ? given.ReadBy : null,
            IsComputed = isFramework && given.IsComputed,
            IsLoaded = taint.IsExternal && result is { IsReferenceType: true, SpecialType: not SpecialType.System_String },
            LoadedWith = isFramework && result is { IsReferenceType: true, SpecialType: not SpecialType.System_String } ? given.LoadedWith : 0,
            Evidence = taint.IsExternal ? EvidenceOf(method) : Evidence.None,
        };
    }

    /// <summary>What a method's name tells of what it returns.</summary>
    private static Evidence EvidenceOf(IMethodSymbol method)
    {
        ITypeSymbol? result = Awaitables.Result(method.ReturnType);
        if (result?.SpecialType == SpecialType.System_Boolean)
        {
            return Vocabulary.IsClaim(method.Name) ? Evidence.Fresh
                : method.Name is "Any" or "All" || Vocabulary.IsDone(method.Name) ? Evidence.Seen
                : Evidence.None;
        }

        return result?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 && method.Name.StartsWith("Count", StringComparison.Ordinal) ? Evidence.Count : Evidence.None;
    }

    /// <summary>Somebody else's method may call what it is given.</summary>
    private void RunDelegates(IMethodSymbol method, Value[] values)
    {
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i].Code is { } code)
            {
                SpliceCode(code, Guards.None);
            }
            else if (values[i].Parameter >= 0 && method.Parameters[i - 1].Type.TypeKind == TypeKind.Delegate)
            {
                Add(new EffectEvent { Kind = EventKind.Invoke, Chain = new Chain("delegate", Location.None), Parameter = values[i].Parameter, Guards = _guards, Path = _path });
            }
        }
    }

    /// <summary>A name and a value given to an object are remembered of it: headers, parameters, properties.</summary>
    private static void Remember(IMethodSymbol method, Value[] values)
    {
        int first = method.IsExtensionMethod ? 2 : 1;
        Facts? facts = method.IsExtensionMethod && values.Length > 1 ? values[1].Facts : values[0].Facts;
        if (facts is null || values.Length <= first)
        {
            return;
        }

        if (values.Length == first + 1 && values[first].Code is null && (method.ReturnsVoid || IsFluent(method)))
        {
            // options.SetMessageId(id), request.Index("articles").Id(id)
            facts.Set(Setters.FirstOrDefault(verb => method.Name.StartsWith(verb, StringComparison.Ordinal)) is { } setter ? method.Name.Substring(setter.Length) : method.Name, values[first]);
        }

        if (values[first].Text is { } name && values.Length > first + 1)
        {
            facts.Set(name.TrimStart('@', ':'), values[first + 1]);
        }
        else if (values[first].Facts is { } part)
        {
            // command.Parameters.Add(new SqlParameter("@id", id))
            Value? key = part.Get("parameterName") ?? part.Get("name");
            if (key?.Text is { } parameter && part.Get("value") is { } value)
            {
                facts.Set(parameter.TrimStart('@', ':'), value);
            }
            else if (part.Type?.IsAnonymousType == true && method.IsExtensionMethod && values.Length > first)
            {
                // url.WithHeaders(new { Idempotency_Key = id })
                facts.Add(part);
            }
        }
    }

    // A client or request that somebody else makes takes headers nevertheless.
    private static Facts? FactsOfRequests(ITypeSymbol? type) => type is { ContainingNamespace: { Name: "Http", ContainingNamespace.Name: "Net" } } ? new Facts() : null;

    /// <summary>Returns the object that it is called on, which goes on from there.</summary>
    private static bool IsFluent(IMethodSymbol method)
    {
        ITypeSymbol? receiver = method.IsExtensionMethod ? (method.ReducedFrom ?? method).Parameters.FirstOrDefault()?.Type : method.IsStatic ? null : method.ContainingType;
        return receiver is { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } && !IsFramework(method) && SymbolEqualityComparer.Default.Equals(method.ReturnType, receiver);
    }

    /// <summary>An object that a factory makes of its arguments knows them by name.</summary>
    private static Facts? FactsOf(IMethodSymbol method, Value[] values)
    {
        if (!method.IsStatic || method.IsExtensionMethod || method.ReturnType.SpecialType != SpecialType.None)
        {
            return null;
        }

        Facts facts = new() { Type = method.ReturnType };
        for (int i = 1; i < values.Length; i++)
        {
            facts.Set(method.Parameters[i - 1].Name, values[i]);
        }

        return facts;
    }

    // "All that are older than a day": the clock says which are found, not what they are called.
    private static Taint Asked(IMethodSymbol method, Value[] values)
    {
        Taint taint = values[0].Taint;
        for (int i = 1; i < values.Length; i++)
        {
            if (method.Parameters[i - 1].Type is not { Name: "DateTime" or "DateTimeOffset" or "DateOnly" or "TimeSpan" or "Nullable" })
            {
                taint = taint.Join(values[i].Taint);
            }
        }

        return taint;
    }

    private static Value Joined(Value[] values)
    {
        Taint taint = default;
        Facts? facts = null;
        ulong loadedWith = 0;
        Value? read = null;
        foreach (Value value in values)
        {
            taint = taint.Join(value.Taint);
            loadedWith |= value.LoadedWith;
            read ??= value.ReadBy is null ? null : value;
            facts ??= value.Facts is { IsEmpty: false } ? value.Facts : null;
        }

        return new Value { Taint = taint, Facts = facts, LoadedWith = loadedWith, ReadBy = read?.ReadBy, IsComputed = read?.IsComputed == true };
    }

    private static bool IsFramework(IMethodSymbol method) => method.RootNamespace() switch
    {
        "System" or "TypedTasks" => true,
        "Microsoft" => method.ContainingNamespace.ToDisplayString().StartsWith("Microsoft.Extensions.", StringComparison.Ordinal),
        _ => false,
    };

    private static bool IsLocal(IMethodSymbol method) => method.ContainingNamespace?.ToDisplayString() is "System.IO" or "System.IO.Compression";

    private static string ShortName(IMethodSymbol method) =>
        method.MethodKind == MethodKind.Constructor ? $"new {method.ContainingType.Name}"
        : method.IsExtensionMethod && method.Parameters.Length > 0 ? $"{method.Parameters[0].Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}.{method.Name}"
        : $"{method.ContainingType.Name}.{method.Name}";
}
