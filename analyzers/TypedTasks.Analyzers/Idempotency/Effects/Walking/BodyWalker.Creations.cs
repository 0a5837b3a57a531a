using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <content>Objects: what is known of them when they are made, or copied.</content>
internal sealed partial class BodyWalker
{
    private Value VisitCreation(IObjectCreationOperation creation)
    {
        Value[] values = VisitArguments(creation.Arguments, Value.Stable, creation.Constructor);
        Facts facts = new() { Type = creation.Type };
        Taint taint = default;
        for (int i = 1; i < values.Length; i++)
        {
            facts.Set(creation.Constructor!.Parameters[i - 1].Name, values[i]);
            taint = taint.Join(values[i].Taint);
        }

        Value created = new() { Taint = taint, Facts = facts, Text = creation.Type?.Name == "HttpMethod" && values.Length > 1 ? values[1].Text : null };
        values[0] = created;
        if (creation.Constructor is { } constructor)
        {
            IReadOnlyList<EffectRule> rules = _model.Catalogue.RulesFor(constructor);
            if (rules.Count > 0)
            {
                Known(rules, constructor, values, creation.Syntax.GetLocation());
            }
            else
            {
                CallSource(constructor, null, false, values, creation.Syntax.GetLocation(), isThis: false);
            }
        }

        if (creation.Initializer is { } initializer)
        {
            created = VisitMembers(created, initializer.Initializers);
        }

        return created;
    }

    /// <summary>The initializer of an object: its members are the object's, and differ as it does.</summary>
    private Value VisitMembers(Value created, IEnumerable<IOperation> initializers)
    {
        _implicit.Push(created);
        Value members = VisitAll(initializers);
        _implicit.Pop();
        return created with { Taint = created.Taint.Join(members.Taint) };
    }

    private Value VisitWith(IWithOperation with)
    {
        Value operand = Visit(with.Operand);
        Facts facts = new() { Type = operand.Facts?.Type ?? with.Type, IsCopy = operand.Facts is not { Type: not null, IsCopy: false } };
        if (operand.Facts is { } known)
        {
            facts.Add(known);
        }

        foreach (ISimpleAssignmentOperation assignment in with.Initializer.Initializers.OfType<ISimpleAssignmentOperation>())
        {
            // account with { Balance = account.Balance + amount }, where the account itself was loaded here: a value's own arithmetic changes nothing.
            if (operand.IsLoaded && with.Operand is ILocalReferenceOperation && assignment.Target is IMemberReferenceOperation target && Modifications.IsCopyOfItself(assignment, target, with.Operand))
            {
                LookForModification(target, operand, assignment.Syntax.GetLocation());
            }
        }

        return VisitMembers(new Value { Taint = operand.Taint, Facts = facts }, with.Initializer.Initializers);
    }
}
