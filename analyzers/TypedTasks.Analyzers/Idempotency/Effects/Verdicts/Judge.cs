using Microsoft.CodeAnalysis;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <summary>
/// Decides what the effects of a root come to, by kind, identity and guard. The one place where the three meet.
/// </summary>
/// <param name="model">What is known of the compilation.</param>
/// <param name="events">All that the root does, its own values put in.</param>
/// <param name="cancellationToken">Ends the analysis.</param>
internal sealed class Judge(EffectModel model, IReadOnlyList<EffectEvent> events, CancellationToken cancellationToken)
{
    // A marker row with the task's own key, in the same commit, lets a second run fail as a whole. Found when first asked for.
    private bool? _hasMarker;

    /// <summary>The verdict on the event at an index.</summary>
    public Verdict On(int index)
    {
        EffectEvent happened = events[index];
        Verdict verdict = Bare(index);
        if (verdict.Rule is null || (happened.Guards & (Guards.Once | Guards.Check | Guards.Assumed)) != 0)
        {
            return Verdict.Harmless(verdict.Kind);
        }

        bool isMended = verdict.Kind switch
        {
            EffectKind.Insert or EffectKind.Create => (GuardsWhereItTakesEffect(index) & Guards.UniqueViolation) != 0,
            EffectKind.Send => (happened.Guards & Guards.HttpConflict) != 0,
            _ => false,
        };
        return isMended || (verdict.IsUnsafe && verdict.Kind is EffectKind.Insert or EffectKind.Modify && Ordering.IsPending(events, index) && HasMarker)
            ? Verdict.Harmless(verdict.Kind)
            : verdict;
    }

    /// <summary>
    /// The verdict on an effect that only a look protects: two runs at once both pass it, and so does the one after a crash between the effect and what the look is for.
    /// Harmless where the effect belongs to a commit, where something was claimed, or where it needs no protection.
    /// </summary>
    public Verdict Raced(int index)
    {
        Guards guards = events[index].Guards;
        Verdict verdict = Bare(index);
        return verdict.IsUnsafe && (guards & Guards.Check) != 0 && (guards & (Guards.Claim | Guards.Once | Guards.Assumed | Guards.UniqueViolation | Guards.HttpConflict)) == 0 &&
            !Ordering.IsPending(events, index) && !Ordering.IsInTransaction(events, index)
                ? verdict
                : Verdict.Harmless(verdict.Kind);
    }

    // What is staged fails, and is caught, where it is committed.
    private Guards GuardsWhereItTakesEffect(int index)
    {
        Guards guards = events[index].Guards;
        for (int i = index + 1; Ordering.IsStaged(events[index]) && i < events.Count; i++)
        {
            if (events[i].Kind == EventKind.Commit)
            {
                return guards | events[i].Guards;
            }
        }

        return guards;
    }

    private bool HasMarker => _hasMarker ??= Enumerable.Range(0, events.Count).Any(index =>
        events[index].Kind == EventKind.Effect && Ordering.IsPending(events, index) && Bare(index).Rule?.Id == RuleIds.RerunFails);

    /// <summary>The verdict without regard to guards.</summary>
    public Verdict Bare(int index)
    {
        EffectEvent happened = events[index];
        EffectRule? rule = happened.Rules.FirstOrDefault(candidate => candidate.Holds(happened.Call));
        if (rule is null)
        {
            return Verdict.Harmless(EffectKind.Read);
        }

        if (ReferenceEquals(rule, ClientCalls.Rule))
        {
            return NestedEnqueues.Judge(happened.Call);
        }

        return rule.Kind switch
        {
            EffectKind.Sql => OnSql(index, rule),
            EffectKind.StagedInsert => IsCommitted(index, rule) && IsOfStore(happened) && !IsRebuilt(index, rule) ? OnEntity(rule, happened.Call) : Verdict.Harmless(EffectKind.Insert),
            EffectKind.StagedModify => IsCommitted(index, rule) && IsOfStore(happened) ? new(Rules.ReadModifyWrite, EffectKind.Modify) : Verdict.Harmless(EffectKind.Modify),
            EffectKind.Insert when rule.Entity.Count > 0 => OnEntity(rule, happened.Call),
            EffectKind.Store => OnStored(rule, happened.Call),
            EffectKind.StagedStore => IsCommitted(index, rule) ? OnStored(rule, happened.Call) : Verdict.Harmless(EffectKind.Store),
            EffectKind.Insert when rule.TableIn(happened.Call) is { } name && SqlText.TableOf(name) is var table && (SqlText.IsTemporary(table) || IsEmptied(index, table)) => Verdict.Harmless(EffectKind.Insert),
            EffectKind.Append when IsReplacedInArchive(index) => Verdict.Harmless(EffectKind.Append),
            _ => OnCall(rule, happened.Call),
        };
    }

    private Verdict OnCall(EffectRule rule, CallValues call)
    {
        if (Volatile(rule.Identity, call) is { } source && rule.Kind is EffectKind.Write or EffectKind.Create or EffectKind.Append or EffectKind.Insert)
        {
            return new(Rules.VolatileIdentity, rule.Kind, source);
        }

        if (rule.Kind == EffectKind.Write && rule.Identity is ["key"] && call.Find("key")?.Text is { } name && call.Values.Any(value => value is { IsComputed: true, ReadBy: { } read } && read == name))
        {
            return new(Rules.ReadModifyWrite, EffectKind.Modify);
        }

        if (rule.Kind is EffectKind.Append or EffectKind.Create && rule.Identity.Any(selector => call.Find(selector)?.Taint.IsScratch == true))
        {
            return Verdict.Harmless(rule.Kind);
        }

        DiagnosticDescriptor? broken = RuleFor(rule.Kind);
        if (broken is null || rule.Kind == EffectKind.Create)
        {
            return new(broken, rule.Kind);
        }

        if (rule.Kind == EffectKind.Send && rule.Identity.Select(call.Find).Any(url => AddressOf(url) is { } address && model.Catalogue.IsReadOnlyUrl(address)))
        {
            return Verdict.Harmless(EffectKind.Read);
        }

        (bool hasToken, string? fresh) = Tokens.Find(rule, call, model.Catalogue);
        return fresh is not null ? new(Rules.VolatileIdentity, rule.Kind, fresh)
            : hasToken ? Verdict.Harmless(rule.Kind)
            : new(broken, rule.Kind);
    }

    private static string? AddressOf(Value? url) => url?.Text ?? url?.Facts?.Get("uriString")?.Text ?? url?.Facts?.Get("relativeUri")?.Text;

    private Verdict OnSql(int index, EffectRule rule)
    {
        CallValues call = events[index].Call;
        if (rule.SqlIn(call) is not { } text)
        {
            return Verdict.Harmless(EffectKind.Sql);
        }

        SqlVerdict verdict = SqlText.Judge(text);
        switch (verdict.Effect)
        {
            case SqlEffect.Modify:
                return new(Rules.ReadModifyWrite, EffectKind.Modify);
            case SqlEffect.Insert when verdict.Table is { } table && IsEmptied(index, table):
                return Verdict.Harmless(EffectKind.Sql);
            case SqlEffect.Insert when verdict.Key is { } key:
                Value? given = call.Values.Select(value => value.Facts?.Get(key)).FirstOrDefault(value => value is not null);
                return given is { Taint.IsVolatile: true } ? new(Rules.VolatileIdentity, EffectKind.Insert, given.Taint.Source) : new(Rules.RerunFails, EffectKind.Create);
            case SqlEffect.Insert:
                return new(Rules.UnsafeInsert, EffectKind.Insert);
            case SqlEffect.Repeatable when call.Values.Any(value => value.Facts?.Members.Any(given => given.Value is { IsComputed: true, ReadBy: { } query } && SqlText.IsOfSameRow(query, text)) == true):
                return new(Rules.ReadModifyWrite, EffectKind.Modify);
            default:
                return Verdict.Harmless(EffectKind.Sql);
        }
    }

    // The object, or the objects in a collection, that are inserted.
    private static Facts? EntityOf(EffectRule rule, CallValues call) =>
        rule.Entity.Select(selector => call.Find(selector)?.Facts).Select(facts => facts?.Get(Facts.Element)?.Facts ?? facts).FirstOrDefault(facts => facts is not null);

    private Verdict OnEntity(EffectRule rule, CallValues call)
    {
        Facts? entity = EntityOf(rule, call);
        if (entity?.Type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAnonymousType: false } type || EntityKeys.KeyOf(type) is not { } key)
        {
            // Not seen how it was made, or keyed by what it joins; a store of documents makes an id for what has none.
            return rule.Kind == EffectKind.Insert && entity?.Type is INamedTypeSymbol { TypeKind: TypeKind.Class } ? new(Rules.UnsafeInsert, EffectKind.Insert) : Verdict.Harmless(EffectKind.Insert);
        }

        if (entity.IsCopy && entity.Get(key.Name) is null)
        {
            return Verdict.Harmless(EffectKind.Insert);
        }

        if (entity.Get(key.Name) is { } given)
        {
            return given.Taint.IsVolatile ? new(Rules.VolatileIdentity, EffectKind.Insert, given.Taint.Source)
                : given.Taint.IsExternal ? Verdict.Harmless(EffectKind.Insert)
                : new(Rules.RerunFails, EffectKind.Create);
        }

        // The database numbers it, or the framework makes an id, or the class itself does; a store of documents makes one of text as well.
        return EntityKeys.IsGenerated(key) || (rule.Kind == EffectKind.Insert && key.Type.SpecialType == SpecialType.System_String) || model.InitializerOf(key, cancellationToken).Taint.IsVolatile
            ? new(Rules.UnsafeInsert, EffectKind.Insert)
            : Verdict.Harmless(EffectKind.Insert);
    }

    // A search engine takes the id of the call, or that of the document, or makes one.
    private Verdict OnStored(EffectRule rule, CallValues call)
    {
        Facts? entity = EntityOf(rule, call);
        Value? id = rule.Token.Select(selector => Tokens.Given(call, selector)).FirstOrDefault(value => value is not null);
        ITypeSymbol? type = entity?.Type ?? call.Method?.TypeArguments.FirstOrDefault();
        if (id is null && type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None } document)
        {
            if (EntityKeys.KeyOf(document) is not { } key)
            {
                return new(Rules.UnsafeInsert, EffectKind.Insert);
            }

            id = entity?.Get(key.Name) ?? model.InitializerOf(key, cancellationToken);
            if (entity is { Type: not null, IsCopy: false } && entity.Get(key.Name) is null && IsMadeByStore(key, id))
            {
                return new(Rules.UnsafeInsert, EffectKind.Insert);
            }
        }

        return id is { Taint: { IsVolatile: true, Source: { } source } } ? new(Rules.VolatileIdentity, EffectKind.Insert, source) : Verdict.Harmless(EffectKind.Store);
    }

    // A store of documents numbers what has no id; an empty one is none.
    private static bool IsMadeByStore(IPropertySymbol key, Value initial) =>
        key.SetMethod is not null && initial is { Taint: var taint, Text: null or "" } && taint == default && (EntityKeys.IsGenerated(key) || key.Type.SpecialType == SpecialType.System_String);

    // archive.GetEntry(name)?.Delete() before the entry is made again.
    private bool IsReplacedInArchive(int index) => events[index].Call.Method is { ContainingNamespace: { Name: "Compression", ContainingNamespace.Name: "IO" } } &&
        events.Take(index).Any(happened => happened.Call.Method is { Name: "Delete", ContainingType.Name: "ZipArchiveEntry" });

    // What is added to or changed within an object counts where the object is a stored one.
    private static bool IsOfStore(EffectEvent happened) =>
        ReferenceEquals(happened.Rules[0], EffectRules.NavigationAdd) ? happened.Call.Values[0] is { IsLoaded: true, Member: not null }
        : happened.Call.Method is not null || happened.Call.Values is [{ IsLoaded: true }];

    /// <summary>Whether the rows of the same kind were deleted before: there are as many after the second run as after the first one.</summary>
    private bool IsRebuilt(int index, EffectRule rule)
    {
        ITypeSymbol? entity = EntityOf(rule, events[index].Call)?.Type;
        for (int i = index - 1; entity is not null && i >= 0; i--)
        {
            if (Deleted(events[i].Call) is { } deleted && SymbolEqualityComparer.Default.Equals(deleted, entity))
            {
                return true;
            }
        }

        return false;
    }

    // What is chosen by a date is what has grown old, and not what is made anew.
    private static ITypeSymbol? Deleted(CallValues call) => call.Method switch
    {
        { Name: "ExecuteDelete" or "ExecuteDeleteAsync", TypeArguments: [{ } type] } when call.Values.Count > 1 && !IsByDate(call.Values[1]) => type,
        { Name: "Remove" or "RemoveRange", ContainingType: { Name: "DbSet", TypeArguments: [{ } type] } } when call.Values.Count > 1 && call.Values[1].Chosen is not null && !IsByDate(call.Values[1]) => type,
        _ => null,
    };

    private static bool IsByDate(Value deleted) => deleted.Chosen?.Any(member => member is IPropertySymbol { Type: { } type } && Modifications.IsMoment(type)) == true;

    // DELETE FROM the same table, by this statement or one before it.
    private bool IsEmptied(int index, string table) => events.Take(index + 1).Any(happened => happened.Sql is { } text && SqlText.Empties(text, table));

    // A repository of one's own may save by itself: where nothing is committed, it must.
    private bool IsCommitted(int index, EffectRule rule)
    {
        if (rule.IsPattern)
        {
            return true;
        }

        for (int i = index + 1; i < events.Count; i++)
        {
            if (events[i].Kind == EventKind.Commit)
            {
                return true;
            }
        }

        return false;
    }

    private static string? Volatile(IReadOnlyList<string> selectors, CallValues call)
    {
        foreach (string selector in selectors)
        {
            if (call.Find(selector) is { Taint: { IsVolatile: true, IsScratch: false, Source: { } source } })
            {
                return source;
            }
        }

        return null;
    }

    private static DiagnosticDescriptor? RuleFor(EffectKind kind) => kind switch
    {
        EffectKind.Send => Rules.UnsafeHttp,
        EffectKind.Insert => Rules.UnsafeInsert,
        EffectKind.Modify => Rules.ReadModifyWrite,
        EffectKind.Append => Rules.UnsafeAppend,
        EffectKind.Notify => Rules.UnsafeNotification,
        EffectKind.Shared => Rules.SharedStateChange,
        EffectKind.Enqueue => Rules.UnsafeEnqueue,
        EffectKind.Process => Rules.ProcessEffect,
        EffectKind.Create => Rules.RerunFails,
        _ => null,
    };
}
