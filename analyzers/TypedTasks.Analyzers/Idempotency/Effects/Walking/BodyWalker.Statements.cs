using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <content>Statements: what comes after what, and what may not come at all.</content>
internal sealed partial class BodyWalker
{
    // Null for what is no statement.
    private Value? VisitStatement(IOperation operation)
    {
        // By kind first: most operations are expressions, and to ask each for every interface in turn takes longer than the rest.
        if (!IsStatement(operation.Kind))
        {
            return null;
        }

        switch (operation)
        {
            case IBlockOperation block:
                foreach (IOperation statement in block.Operations)
                {
                    Visit(statement);
                }

                return Value.Stable;
            case IExpressionStatementOperation statement:
                LookForDiscard(statement.Operation);
                return Visit(statement.Operation);
            case IReturnOperation returned:
                Value value = Visit(returned.ReturnedValue);
                if (returned.ReturnedValue is not null)
                {
                    _returns = _returns?.Join(value) ?? value;
                }

                return value;
            case IConditionalOperation conditional:
                return VisitConditional(conditional);
            case ISwitchOperation choice:
                VisitSwitch(choice);
                return Value.Stable;
            case IForEachLoopOperation loop:
                VisitForEach(loop);
                return Value.Stable;
            case ILoopOperation loop:
                VisitLoop(loop, [.. loop.ChildOperations]);
                return Value.Stable;
            case ITryOperation attempt:
                VisitTry(attempt);
                return Value.Stable;
            case IUsingOperation use:
                Visit(use.Resources);
                Visit(use.Body);
                EndUsing(use.Resources);
                return Value.Stable;
            case IUsingDeclarationOperation use:
                Visit(use.DeclarationGroup);
                EndUsing(use.DeclarationGroup);
                return Value.Stable;
            case ILocalFunctionOperation:
                // Looked at where it is called.
                return Value.Stable;
            default:
                return null;
        }
    }

    private static bool IsStatement(OperationKind kind) => kind is OperationKind.Block or OperationKind.ExpressionStatement or OperationKind.Return or OperationKind.YieldReturn or OperationKind.YieldBreak or
        OperationKind.Conditional or OperationKind.Switch or OperationKind.Loop or OperationKind.Try or OperationKind.Using or OperationKind.UsingDeclaration or OperationKind.LocalFunction;

    private Value VisitConditional(IConditionalOperation conditional)
    {
        Condition condition = VisitCondition(conditional.Condition);
        object branch = new();
        Value whenTrue = VisitArm(conditional.WhenTrue, branch, 0, condition.GuardWhenTrue);
        Value whenFalse = VisitArm(conditional.WhenFalse, branch, 1, condition.GuardWhenFalse);

        // What ends in one arm is followed, after the branch, only by way of the other.
        bool trueEnds = Ends(conditional.WhenTrue);
        bool falseEnds = Ends(conditional.WhenFalse);
        if (trueEnds != falseEnds)
        {
            Enter(branch, trueEnds ? 1 : 0, trueEnds ? condition.GuardWhenFalse : condition.GuardWhenTrue);
        }

        return conditional.WhenTrue.Unconverted() is IThrowOperation ? whenFalse : conditional.WhenFalse is { } other ? Either(other, whenTrue, whenFalse) : whenTrue.Join(whenFalse);
    }

    private void VisitSwitch(ISwitchOperation choice)
    {
        Value value = Visit(choice.Value);
        bool isState = IsState(value);
        object branch = new();
        Condition[] taken = [.. choice.Cases.Select(arm => OfClauses(value, arm.Clauses))];
        bool fallsThrough = false;
        Guards left = Guards.None;
        for (int i = 0; i < choice.Cases.Length; i++)
        {
            ISwitchCaseOperation arm = choice.Cases[i];
            Guards guards = _guards;
            BranchPath? path = _path;
            Enter(branch, i, (isState ? Guards.Check : Guards.None) | taken[i].GuardWhenTrue | Passed(taken, IsDefault(arm) ? taken.Length : i, i));
            _arms++;
            foreach (IOperation statement in arm.Body)
            {
                Visit(statement);
            }

            _arms--;
            _guards = guards;
            _path = path;
            if (Leaves(arm))
            {
                left |= taken[i].GuardWhenFalse;
            }
            else
            {
                fallsThrough = true;
            }
        }

        // What comes after it is not reached by way of an arm that leaves.
        _guards |= left;
        if (!fallsThrough && choice.Cases.Length > 0)
        {
            _path = new BranchPath(branch, choice.Cases.Length, _path);
        }
    }

    /// <summary>What is certain in an arm because those before it were not taken; for the default, because none was.</summary>
    private static Guards Passed(Condition[] taken, int before, int own)
    {
        Guards guards = Guards.None;
        for (int i = 0; i < before; i++)
        {
            guards |= i == own ? Guards.None : taken[i].GuardWhenFalse;
        }

        return guards;
    }

    private static bool IsDefault(ISwitchCaseOperation arm) => arm.Clauses.Any(clause => clause.CaseKind == CaseKind.Default);

    private Condition OfClauses(Value value, IEnumerable<ICaseClauseOperation> clauses)
    {
        Condition? any = null;
        foreach (ICaseClauseOperation clause in clauses)
        {
            Condition one = clause switch
            {
                IPatternCaseClauseOperation { Guard: { } guard } pattern => And(OfPattern(value, pattern.Pattern), VisitCondition(guard)),
                IPatternCaseClauseOperation pattern => OfPattern(value, pattern.Pattern),
                ISingleValueCaseClauseOperation { Value: { } single } => OfConstant(value, single),
                _ => default,
            };
            any = any is { } other ? Or(other, one) : one;
        }

        return any ?? default;
    }

    // Leaves the method or the round of a loop: a break only leaves the switch.
    private static bool Leaves(ISwitchCaseOperation arm) =>
        arm.Body.Any(Ends) && !arm.Body.Any(statement => statement.DescendantsAndSelf().Any(part => part is IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo }));

    private void VisitForEach(IForEachLoopOperation loop)
    {
        Value collection = Visit(loop.Collection);
        Value element = ElementOf(collection, loop);
        foreach (ILocalSymbol local in loop.Locals)
        {
            SetVariable(local, element);
        }

        int first = _events.Count;
        VisitLoop(loop, [loop.Body]);
        if (IsWorkedOff(collection, loop, first))
        {
            // Each round ends with a row that the query does not find again.
            for (int i = first; i < _events.Count; i++)
            {
                _events[i] = _events[i] with { Guards = _events[i].Guards | Guards.Check };
            }
        }
    }

    private void VisitLoop(ILoopOperation loop, IReadOnlyList<IOperation> parts)
    {
        int first = _events.Count;
        Guards guards = _guards;
        BranchPath? path = _path;
        _path = new BranchPath(loop, 0, _path);
        _loops.Push(loop);
        _arms++;
        foreach (IOperation part in parts)
        {
            Visit(part);
        }

        _arms--;
        _loops.Pop();
        _guards = guards;
        _path = path;

        // The next round follows: its failure runs this round's effects again.
        if (_events.Skip(first).Any(happened => happened.IsExternal) && !LeavesAtOnce(loop.Body))
        {
            for (int i = first; i < _events.Count; i++)
            {
                if (_events[i].Kind == EventKind.Effect && !Ordering.IsPending(_events, i))
                {
                    _events[i] = _events[i] with { IsFollowed = true };
                }
            }
        }
    }

    private void VisitTry(ITryOperation attempt)
    {
        int first = _events.Count;
        Guards guards = _guards;
        _guards |= Catches.GuardOf(attempt);
        Visit(attempt.Body);
        _guards = guards;
        int last = _events.Count;
        foreach (ICatchClauseOperation handler in attempt.Catches)
        {
            object branch = new();
            _arms++;
            Visit(handler.ExceptionDeclarationOrExpression);
            VisitArm(handler.Filter, branch, 0);
            VisitArm(handler.Handler, branch, 0);
            _arms--;
        }

        if (_loops.Count == 0 && Catches.Swallowing(attempt, _model.Catalogue, HelperOf) is { } swallowing && Matters(first, last))
        {
            // Where something was read first, the attempt may be one step of several; then the others tell which is the work.
            bool isFirst = !_events.Take(first).Any(happened => happened.IsExternal);
            Add(new EffectEvent { Kind = isFirst ? EventKind.Swallowed : EventKind.MaybeSwallowed, Chain = new Chain("catch", Catches.PlaceOf(swallowing)), Path = _path });
        }

        Visit(attempt.Finally);
    }

    // A helper that a catch calls, if it is certain which.
    private IOperation? HelperOf(IMethodSymbol method) =>
        method.MethodKind == MethodKind.LocalFunction ? LocalBodyOf(method)
        : !method.IsVirtual && !method.IsAbstract && !method.IsOverride && method.ContainingType.TypeKind != TypeKind.Interface ? _model.Bodies.BodyOf(method.OriginalDefinition, _cancellationToken)
        : null;

    // An attempt at something beside the handler's work may fail quietly; an attempt at the work itself may not. What was only read before is no work.
    private bool Matters(int first, int last) =>
        _events.Skip(first).Take(last - first).Any(happened => happened.IsExternal) &&
        !_events.Take(first).Any(Ordering.IsWork) &&
        _root is not null;

    private void EndUsing(IOperation resources)
    {
        SyntaxNode place = resources is IVariableDeclarationGroupOperation { Declarations: [{ } declaration, ..] } ? declaration.Syntax : resources.Syntax;
        foreach (IMethodSymbol dispose in Disposals.Of(resources))
        {
            CallSource(dispose, null, true, [Value.Stable], place.GetLocation(), isThis: false);
        }
    }

    private static bool LeavesAtOnce(IOperation? body) => Ends(body) && body is IBlockOperation { Operations: [.., IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break }] };

    /// <summary>Whether nothing after the statement is reached from it.</summary>
    private static bool Ends(IOperation? operation) => operation switch
    {
        IReturnOperation or IBranchOperation => true,
        IThrowOperation => true,
        IExpressionStatementOperation statement => statement.Operation is IThrowOperation,
        IBlockOperation block => block.Operations.Any(Ends),
        IConditionalOperation conditional => Ends(conditional.WhenTrue) && Ends(conditional.WhenFalse),
        IUsingOperation use => Ends(use.Body),
        ILockOperation locked => Ends(locked.Body),
        _ => false,
    };
}
