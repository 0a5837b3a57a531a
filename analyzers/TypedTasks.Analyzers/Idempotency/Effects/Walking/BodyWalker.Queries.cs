using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <content>Queries and collections: what comes out of them, and by what it was chosen.</content>
internal sealed partial class BodyWalker
{
    /// <summary>What a query of a store brings is loaded; a predicate says which objects come, not what they are.</summary>
    private static Value Queried(IInvocationOperation invocation, Value[] values, Value result)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (method is not { IsExtensionMethod: true, Parameters: [{ Type: var type }, ..] } || values.Length < 2)
        {
            return IsQuery(method.ReturnType) ? AsQuery(result) : result;
        }

        Value source = values[1];
        bool isQuery = IsQuery(type);
        if (!isQuery && method.ContainingType.Name != "Enumerable")
        {
            return result;
        }

        IReadOnlyCollection<ISymbol>? chosen = source.Chosen;
        bool isPredicate = false;
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (FunctionOf(argument.Value) is { } function)
            {
                bool tests = function.Symbol.ReturnType.SpecialType == SpecialType.System_Boolean;
                isPredicate |= tests;
                chosen = tests && isQuery ? [.. MembersOf(function), .. chosen ?? []] : chosen;
            }
        }

        result = isPredicate ? result with { Taint = result.Taint.IsExternal ? source.Taint.Join(Taint.External) : source.Taint } : result;
        if (!isQuery)
        {
            // A part of what was chosen is no longer all of it.
            chosen = isPredicate ? null : chosen;
            result = result with { Query = source.Query };
        }

        if (method.Name is "Select" or "SelectMany" && values[values.Length - 1].Code is { Returns: { Facts: not null } made })
        {
            Facts facts = new();
            facts.Set(Facts.Element, method.Name == "Select" ? made : made.Facts.Get(Facts.Element) ?? made);
            return result with { Facts = facts };
        }

        result = IsQuery(method.ReturnType) ? AsQuery(result) : result;
        return chosen is null || method.Name is "Select" or "SelectMany" or "GroupBy" ? result : result with { Chosen = chosen };
    }

    private static Value AsQuery(Value value) => value with { Taint = value.Taint.Join(Taint.External), IsLoaded = true };

    private static bool IsQuery(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments.Length: > 0, Name: "IQueryable" or "IOrderedQueryable" or "IIncludableQueryable" or "DbSet" };

    private static IAnonymousFunctionOperation? FunctionOf(IOperation value) => value switch
    {
        IConversionOperation conversion => FunctionOf(conversion.Operand),
        IDelegateCreationOperation creation => FunctionOf(creation.Target),
        _ => value as IAnonymousFunctionOperation,
    };

    private static IEnumerable<ISymbol> MembersOf(IAnonymousFunctionOperation predicate) => predicate.Body.Descendants()
        .OfType<IMemberReferenceOperation>()
        .Where(member => member.Instance is IParameterReferenceOperation)
        .Select(member => member.Member);

    /// <summary>What a collection has in it.</summary>
    private static Value ElementOf(Value collection, IForEachLoopOperation loop)
    {
        bool isObject = loop.Locals.Any(local => IsObject(local.Type));
        return collection.Facts?.Get(Facts.Element) ?? new Value
        {
            Taint = collection.Taint,
            Facts = collection.Facts ?? new Facts(),
            IsLoaded = collection.IsLoaded || (collection.Taint.IsExternal && isObject),
            LoadedWith = collection.LoadedWith,
            Chosen = collection.Chosen,
        };
    }

    // Chosen by what the round itself changes, and commits.
    private bool IsWorkedOff(Value collection, IForEachLoopOperation loop, int first)
    {
        IEnumerable<EffectEvent> round = _events.Skip(first);
        return (collection.Chosen is { } chosen && round.Any(happened => happened.Kind == EventKind.Commit) && chosen.Any(WrittenIn(loop.Body).Contains)) ||
            IsTakenBefore(collection, loop, first) || (collection.Query is { } claim && SqlText.Claims(claim)) ||
            (collection.Query is { } query && !_events.Take(first).Any(happened => happened.Kind == EventKind.Begin) && round.Any(happened =>
                happened.Sql is { } change && SqlText.IsWorkedOff(query, change)));
    }

    // All of it was changed by an earlier loop, and committed, before this one begins: a second run chooses none of it.
    private bool IsTakenBefore(Value collection, IForEachLoopOperation loop, int first) =>
        collection.Chosen is { } chosen && loop.Collection.Unconverted() is ILocalReferenceOperation { Local: var local } && _root is not null &&
        _root.Descendants().OfType<IForEachLoopOperation>().Any(earlier => earlier.Syntax.Span.End <= loop.Syntax.SpanStart &&
            earlier.Collection.Unconverted() is ILocalReferenceOperation { Local: var other } && SymbolEqualityComparer.Default.Equals(local, other) &&
            chosen.Any(WrittenIn(earlier.Body).Contains) &&
            _events.Take(first).Any(happened => happened.Kind == EventKind.Commit && happened.Chain.Location.SourceSpan.Start >= earlier.Syntax.Span.End));

    // list.Add(item)
    private void RememberElement(IInvocationOperation invocation, Value receiver, Value[] values)
    {
        if (invocation is { TargetMethod: { Name: "Add" or "Enqueue" or "Push", Parameters.Length: 1 } method, Instance: { } list } && values[1].Facts is not null &&
            method.ContainingType.ContainingNamespace?.ToDisplayString() is "System.Collections.Generic" or "System.Collections.Concurrent")
        {
            FactsOf(list, receiver)?.Set(Facts.Element, values[1]);
        }
    }

    private Value VisitCollection(ICollectionExpressionOperation collection)
    {
        Value elements = VisitAll(collection.Elements);
        Facts facts = new();
        if (elements.Facts is { } first)
        {
            // Of a spread part, what is in it.
            facts.Set(Facts.Element, first.Get(Facts.Element) ?? elements);
        }

        return elements with { Facts = facts };
    }

    /// <summary>The members that a body assigns, itself or by methods that it calls on objects. What only adds to the value that was there is left out, and so is what a new object begins with.</summary>
    private HashSet<ISymbol> WrittenIn(IOperation? body)
    {
        HashSet<ISymbol> written = new(SymbolEqualityComparer.Default);
        List<ISymbol> summed = [];
        foreach (IOperation operation in body?.DescendantsAndSelf() ?? [])
        {
            switch (operation)
            {
                case ICompoundAssignmentOperation { Target: IMemberReferenceOperation sum }:
                    summed.Add(sum.Member);
                    break;
                case IIncrementOrDecrementOperation { Target: IMemberReferenceOperation counter }:
                    summed.Add(counter.Member);
                    break;
                case ISimpleAssignmentOperation { Target: IMemberReferenceOperation renewed } assignment when SharedState.IsNumber(renewed.Type) && Modifications.IsOfItself(assignment, renewed):
                    summed.Add(renewed.Member);
                    break;
                case IAssignmentOperation { Target: IMemberReferenceOperation { Instance: not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } target } and not (ICompoundAssignmentOperation or IDeconstructionAssignmentOperation):
                    written.Add(target.Member);
                    break;
                case IDeconstructionAssignmentOperation { Target: ITupleOperation targets }:
                    // (mail.IsSent, mail.SentAt) = (true, now)
                    written.UnionWith(targets.Elements.OfType<IMemberReferenceOperation>().Select(element => element.Member));
                    break;
                case IInvocationOperation { Instance: not (null or IInstanceReferenceOperation), TargetMethod: { } method } call:
                    AddWrites(written, CallTargetOf(method, call.Instance, call.IsVirtual));
                    break;
            }
        }

        written.ExceptWith(summed);
        return written;
    }

    private void AddWrites(HashSet<ISymbol> written, IMethodSymbol? method)
    {
        if (method is not null && _summaries(method) is { } summary && summary.Writes.TryGetValue(0, out Facts? facts))
        {
            foreach (KeyValuePair<string, Value> member in facts.Members)
            {
                written.UnionWith(method.ContainingType.GetMembers(member.Key));
            }
        }
    }
}
