using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedTasks.Analyzers.Idempotency.Effects;

/// <content>Questions that a helper answers: <c>IsPending(order)</c>, <c>order.NeedsMail()</c>. What they ask is read as if it stood in the condition.</content>
internal sealed partial class BodyWalker
{
    private const int DeepestQuestion = 3;

    private int _questions;

    /// <summary>What a helper's answer tells, where its body is one expression; nothing, where it is not.</summary>
    private Condition OfHelper(IOperation operation)
    {
        if (_questions >= DeepestQuestion || operation.Type?.SpecialType != SpecialType.System_Boolean || operation.Unconverted() is not IInvocationOperation { TargetMethod: { } method } asked ||
            AnswerOf(method, asked) is not { } answer)
        {
            return default;
        }

        // What the call does was written down when it was visited; here it is only asked what it means.
        int before = _events.Count;
        List<(ISymbol Parameter, Value Given)> given = [];
        foreach (IArgumentOperation argument in asked.Arguments)
        {
            if (argument.Parameter is { } parameter)
            {
                given.Add((parameter.OriginalDefinition, Visit(argument.Value)));
            }
        }

        // A method that asks itself has the same parameters.
        List<(ISymbol Parameter, Value? Known)> kept = [];
        foreach ((ISymbol parameter, Value value) in given)
        {
            kept.Add((parameter, _variables.TryGetValue(parameter, out Value? known) ? known : null));
            _variables[parameter] = value;
        }

        _questions++;
        Condition condition = VisitCondition(answer);
        _questions--;
        foreach ((ISymbol parameter, Value? known) in kept)
        {
            if (known is null)
            {
                _variables.Remove(parameter);
            }
            else
            {
                _variables[parameter] = known;
            }
        }

        _events.RemoveRange(before, _events.Count - before);
        return condition;
    }

    // An object's own members are read as those of the object that was loaded.
    private IOperation? AnswerOf(IMethodSymbol method, IInvocationOperation asked)
    {
        IOperation? body = method.MethodKind == MethodKind.LocalFunction ? LocalBodyOf(method)
            : CallTargetOf(method, asked.Instance, asked.IsVirtual) is { IsAbstract: false } target && IsAnswered(target, asked) ? _model.Bodies.BodyOf(target, _cancellationToken)
            : null;
        IReturnOperation[] returns = [.. (body?.Descendants() ?? []).OfType<IReturnOperation>()];
        return returns is [{ ReturnedValue: { } answer, Parent: IBlockOperation { Operations.Length: 1 } }] ? answer : null;
    }

    private bool IsAnswered(IMethodSymbol target, IInvocationOperation asked) =>
        target is { IsAsync: false, DeclaringSyntaxReferences.IsEmpty: false } &&
        (asked.Instance is null or IInstanceReferenceOperation || (asked.Instance is ILocalReferenceOperation or IParameterReferenceOperation && IsFromOutside(asked.Instance)));

    private bool IsFromOutside(IOperation instance) => instance switch
    {
        ILocalReferenceOperation local => _variables.TryGetValue(local.Local, out Value? value) && value.Taint.IsExternal,
        IParameterReferenceOperation parameter => _variables.TryGetValue(parameter.Parameter, out Value? value) && value.Taint.IsExternal,
        _ => false,
    };
}
