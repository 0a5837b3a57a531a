using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <content>Assignments: what becomes known of variables and objects, and what changes something that is shared or stored.</content>
internal sealed partial class BodyWalker
{
    private void VisitDeclarator(IVariableDeclaratorOperation declarator)
    {
        IVariableInitializerOperation? initializer = declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer;
        Value value = Visit(initializer?.Value);
        _armOf.Remove(declarator.Symbol);
        SetVariable(declarator.Symbol, value);
        if (initializer?.Value is { } started && Discards.StartedTask(started) is { } call)
        {
            // Discarded, unless its name comes up again.
            _unwatched[declarator.Symbol] = (call, _guards, _path);
        }
    }

    private Value VisitAssignment(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Target is IDiscardOperation)
        {
            LookForDiscard(assignment.Value);
            return Visit(assignment.Value);
        }

        Value value = Visit(assignment.Value);
        if (SharedState.CountedUp(assignment) is { } shared)
        {
            AddShared(shared, assignment.Syntax.GetLocation());
            return value;
        }

        if (assignment.Target is IMemberReferenceOperation target && Modifications.IsOfItself(assignment, target))
        {
            Value instance = Visit(target.Instance);
            LookForModification(target, instance, assignment.Syntax.GetLocation());
            if (instance.IsLoaded)
            {
                return value;
            }
        }

        return Assign(assignment.Target, value);
    }

    private Value Assign(IOperation target, Value value)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                SetVariable(local.Local, value);
                break;
            case IParameterReferenceOperation parameter:
                SetVariable(parameter.Parameter, value);
                break;
            case IPropertyReferenceOperation { Property.IsIndexer: true } indexer:
                {
                    // headers["Idempotency-Key"] = id
                    Value instance = Visit(indexer.Instance);
                    string? key = indexer.Arguments.Length > 0 ? Visit(indexer.Arguments[0].Value).Text : null;
                    if (key is not null)
                    {
                        FactsOf(indexer.Instance, instance)?.Set(key, value);
                    }

                    break;
                }

            case IMemberReferenceOperation member:
                {
                    Value instance = Visit(member.Instance);
                    if (member.Instance is null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance })
                    {
                        _variables[member.Member] = value;
                    }

                    LookForStamp(member, instance, value);
                    FactsOf(member.Instance, instance)?.Set(member.Member.Name, value);
                    if (member is IPropertyReferenceOperation { Property.SetMethod: { } setter } property && CallTargetOf(setter, member.Instance, true) is { } accessor && _model.Bodies.HasBody(accessor, _cancellationToken) &&
                        _summaries(accessor) is { } summary)
                    {
                        Splice(summary, [instance, value], NameOf(accessor), target.Syntax.GetLocation(), Guards.None, property.Instance is IInstanceReferenceOperation);
                    }

                    break;
                }

            default:
                Visit(target);
                break;
        }

        return value;
    }

    /// <summary>Where to write down what is known of an object; made now for a variable of which nothing was known.</summary>
    private Facts? FactsOf(IOperation? reference, Value value)
    {
        if (value.Facts is not null || reference is not ILocalReferenceOperation { Local: { } local })
        {
            return value.Facts;
        }

        Facts facts = new() { Type = local.Type };
        _variables[local] = value with { Facts = facts };
        return facts;
    }

    private Value VisitCompound(IOperation operation, IOperation target, IOperation? operand, BinaryOperatorKind kind)
    {
        Value added = Visit(operand);
        Value before = Visit(target);
        Value after = Computed(before, added);
        switch (target)
        {
            case ILocalReferenceOperation local:
                SetVariable(local.Local, after);
                break;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: IMemberReferenceOperation { Member.IsStatic: true } of } element when SharedState.IsNumber(element.Type) && !Vocabulary.IsMetric(of.Member.Name):
                AddShared(of.Member, operation.Syntax.GetLocation());
                break;
            case IMemberReferenceOperation { Member.IsStatic: true } shared when SharedState.IsNumber(shared.Type) && !Vocabulary.IsMetric(shared.Member.Name):
                AddShared(shared.Member, operation.Syntax.GetLocation());
                break;
            case IMemberReferenceOperation member when Modifications.IsArithmetic(kind):
                LookForModification(member, Visit(member.Instance), operation.Syntax.GetLocation());
                break;
        }

        return after;
    }

    // Made of what was read: written back, it counts up what is there.
    private static Value Computed(Value one, Value other) => new() { Taint = one.Taint.Join(other.Taint), ReadBy = one.ReadBy ?? other.ReadBy, IsComputed = true };

    // A method of an entity changes the entity; whether that was loaded, its caller knows.
    private void LookForModification(IMemberReferenceOperation target, Value instance, Location location)
    {
        if ((instance.IsLoaded || instance.LoadedWith != 0) && Modifications.Counts(target))
        {
            Add(new EffectEvent
            {
                Kind = EventKind.Effect,
                Chain = new Chain($"{target.Member.ContainingType.Name}.{target.Member.Name}", location),
                Rules = [EffectRules.Of(EffectKind.StagedModify)],
                Call = CallValues.WithoutCode(null, [instance]),
                Guards = _guards,
                Path = _path,
            });
        }
    }

    // order.PaidAt = DateTime.UtcNow: a second run overwrites what the first one wrote down.
    private void LookForStamp(IMemberReferenceOperation target, Value instance, Value value)
    {
        if (instance.IsLoaded && value.Taint is { IsVolatile: true, Source: { } source } && target.Parent is ISimpleAssignmentOperation { Value: var written } && !Vocabulary.IsTouch(target.Member.Name))
        {
            Add(new EffectEvent
            {
                Kind = EventKind.Stamped,
                Chain = new Chain($"{target.Member.ContainingType.Name}.{target.Member.Name}", written.Syntax.GetLocation()),
                Guards = _guards,
                Path = _path,
                Detail = source,
            });
        }
    }

    private void AddShared(ISymbol member, Location location) => Add(new EffectEvent
    {
        Kind = EventKind.Effect,
        Chain = new Chain($"{member.ContainingType.Name}.{member.Name}", location),
        Rules = [EffectRules.Of(EffectKind.Shared)],
        Guards = _guards,
        Path = _path,
    });

    private Value VisitDeconstruction(IDeconstructionAssignmentOperation deconstruction)
    {
        Value value = Visit(deconstruction.Value).Derived();
        foreach (IOperation part in deconstruction.Target.DescendantsAndSelf())
        {
            if (part is ILocalReferenceOperation local)
            {
                SetVariable(local.Local, value);
            }
        }

        return value;
    }

    private void LookForDiscard(IOperation statement)
    {
        if ((Discards.StartedTask(statement) ?? Discards.GatheredTask(statement)) is { } call)
        {
            AddDiscard(call, _path);
        }
    }

    private void EndUnwatched()
    {
        foreach ((IInvocationOperation call, _, BranchPath? path) in _unwatched.Values.OrderBy(started => started.Call.Syntax.SpanStart))
        {
            AddDiscard(call, path);
        }
    }

    private void AddDiscard(IInvocationOperation call, BranchPath? path) => Add(new EffectEvent
    {
        Kind = EventKind.Discarded,
        Chain = new Chain(ShortName(call.TargetMethod), call.Syntax.GetLocation()),
        Path = path,
    });
}
